package org.seal4j.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;

/**
 * The tensors of a model folder: those of {@code model.safetensors}, or of the parts that {@code
 * model.safetensors.index.json} names. Every part's header is checked when the folder is opened.
 */
final class TensorFiles implements AutoCloseable {
  static final String WHOLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  /** A plain name without control characters. */
  private static final Pattern PART = Pattern.compile("[^/\\\\\\p{Cntrl}]+\\.safetensors");

  /** Of an index; those of models of hundreds of billions of parameters have half of this. */
  private static final long MOST_BYTES = 16 << 20;

  private final Path source;
  private final Map<String, SafeTensorsReader> parts = new LinkedHashMap<>();
  private final Map<String, SafeTensorsReader> owner = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private TensorFiles(Path source) {
    this.source = source;
  }

  /** Opens what the folder has; the whole file is taken where both forms are there. */
  static TensorFiles open(Path folder) {
    Optional<Path> whole = FolderFile.find(folder, WHOLE);
    Optional<Path> index = FolderFile.find(folder, INDEX);
    Path source =
        whole
            .or(() -> index)
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s has neither %s nor %s%s",
                        folder,
                        WHOLE,
                        INDEX,
                        Files.exists(folder.resolve("pytorch_model.bin"))
                            ? "; pytorch_model.bin is a Python pickle and not read: save the model as safetensors"
                            : ""));
    TensorFiles files = new TensorFiles(source);
    try {
      if (whole.isPresent()) {
        files.add(WHOLE, source);
      } else {
        files.addParts(folder, source);
      }
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private void addParts(Path folder, Path index) {
    Map<String, String> promised = promised(index);
    new TreeMap<>(inverted(promised))
        .forEach((file, tensor) -> add(file, part(folder, index, file, tensor)));
    promised.forEach(
        (name, file) ->
            Checks.require(
                owner.get(name) != null && owner.get(name) == parts.get(file),
                "%s says that tensor '%s' is in %s, but it is not",
                index,
                Shown.text(name),
                file));
    owner
        .keySet()
        .forEach(
            name ->
                Checks.require(
                    promised.containsKey(name),
                    "%s does not name tensor '%s', which one of its files holds",
                    index,
                    Shown.text(name)));
  }

  /** File name by tensor name, as the index says. */
  private static Map<String, String> promised(Path index) {
    JsonNode map =
        Json.read(FolderFile.atMost(MOST_BYTES, index), JsonNode.class).path("weight_map");
    Checks.require(
        map.isObject() && !map.isEmpty(),
        "%s: weight_map must be an object of file names by tensor name",
        index);
    Map<String, String> promised = new LinkedHashMap<>();
    map.properties()
        .forEach(
            entry -> {
              String file = entry.getValue().asText();
              Checks.require(
                  entry.getValue().isTextual() && PART.matcher(file).matches(),
                  "%s: weight_map.%s must be the name of a safetensors file in the same folder but"
                      + " is %s",
                  index,
                  Shown.text(entry.getKey()),
                  Shown.text(entry.getValue()));
              promised.put(entry.getKey(), file);
            });
    return promised;
  }

  /** For each file a tensor that is said to be in it. */
  private static Map<String, String> inverted(Map<String, String> promised) {
    Map<String, String> inverted = new LinkedHashMap<>();
    promised.forEach((tensor, file) -> inverted.putIfAbsent(file, tensor));
    return inverted;
  }

  private static Path part(Path folder, Path index, String file, String tensor) {
    return FolderFile.find(folder, file)
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: weight_map says that '%s' is in %s, but there is no such file in the"
                        + " folder; it was not copied in full",
                    index, Shown.text(tensor), Shown.text(file)));
  }

  private void add(String file, Path path) {
    SafeTensorsReader reader = SafeTensorsReader.open(path);
    parts.put(file, reader);
    reader
        .shapes()
        .forEach(
            (name, shape) -> {
              Checks.require(
                  owner.put(name, reader) == null,
                  "%s: tensor '%s' stands in two files",
                  source,
                  Shown.text(name));
              shapes.put(name, shape);
            });
  }

  /** What messages name: the file, or the index of several. */
  Path source() {
    return source;
  }

  /** Shape of every tensor by name. */
  Map<String, long[]> shapes() {
    return shapes;
  }

  /** Fills an array of the tensor's shape. */
  void read(String name, INDArray target) {
    reader(name).read(name, target);
  }

  /** Refuses a tensor whose type is not read. */
  void requireReadable(String name) {
    reader(name).requireReadable(name, Checks.present(shapes.get(name), "no tensor %s", name));
  }

  private SafeTensorsReader reader(String name) {
    return Checks.present(owner.get(name), "%s holds no tensor '%s'", source, name);
  }

  @Override
  public void close() {
    parts.values().forEach(SafeTensorsReader::close);
  }
}
