package org.seal4j.lora.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.json.Json;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.model.weights.SafeTensorsReader;

/** The files of a {@link PeftAdapter}: configuration, tensors and a model card in a folder. */
final class PeftFolder {
  private static final String CARD = "README.md";

  private PeftFolder() {}

  /** Reads an adapter of this base, or refuses the folder naming file, key or tensor. */
  static PeftAdapter read(Path folder, ModelConfig base) {
    Checks.require(
        Files.isDirectory(folder) || !Files.exists(folder),
        "%s is neither a folder of PEFT nor a .gguf file, so it is no adapter; where it lies in a"
            + " folder of PEFT, name the folder",
        folder);
    Checks.require(
        Files.isDirectory(folder),
        "there is no adapter at %s; name a folder of PEFT, a .gguf file or the folder of a run",
        folder);
    AdapterPath.requireNoBundle(folder);
    PeftConfig config =
        PeftConfig.read(
            FolderFile.find(folder, PeftAdapter.CONFIG)
                .orElseThrow(
                    () ->
                        Checks.refuse(
                            "%s is no adapter: it has no %s, nor has a folder adapter in it",
                            folder, PeftAdapter.CONFIG)));
    Map<String, long[]> modules = config.targets().resolve(base);
    PeftAdapter adapter = new PeftAdapter(base, config, modules.keySet());
    try (SafeTensorsReader reader = SafeTensorsReader.open(tensors(folder))) {
      Map<String, long[]> shapes = adapter.shapes(modules);
      SafeTensors.requireSame(
          folder.resolve(PeftAdapter.TENSORS),
          "the tensors that %s describes for this base model, so it belongs to another base model or another rank"
              .formatted(PeftAdapter.CONFIG),
          reader.shapes(),
          shapes);
      shapes.forEach(reader::requireReadable);
      adapter.read(reader, shapes);
      return adapter;
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  /** The file of the tensors. */
  static Path tensors(Path folder) {
    return FolderFile.find(folder, PeftAdapter.TENSORS)
        .orElseThrow(
            () ->
                Files.exists(folder.resolve("adapter_model.bin"))
                    ? Checks.refuse(
                        "%s has adapter_model.bin, a Python pickle, which is not read; save the"
                            + " adapter as safetensors",
                        folder)
                    : Checks.refuse("%s is no adapter: it has no %s", folder, PeftAdapter.TENSORS));
  }

  /**
   * Writes all files, the configuration last.
   *
   * @param folder is made where it is missing
   * @param notes metadata of the tensors
   * @param parameters number of numbers, for the card
   */
  static void write(
      Path folder,
      PeftConfig config,
      Map<String, INDArray> tensors,
      Map<String, String> notes,
      long parameters) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Checks.refuse("cannot make folder %s: %s", folder, AtomicFile.reason(e));
    }
    SafeTensors.write(folder.resolve(PeftAdapter.TENSORS), new TreeMap<>(tensors), notes);
    AtomicFile.writeText(
        folder.resolve(CARD),
        AdapterCard.of(config, notes.getOrDefault(PeftAdapter.BASE_HASH, ""), parameters));
    Json.write(folder.resolve(PeftAdapter.CONFIG), config.toKeys());
  }
}
