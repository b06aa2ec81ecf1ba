package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.hub.HubPath;
import org.seal4j.data.text.GgufTokenizer;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.gguf.GgufModel;

/**
 * A model that somebody has on disk: a Hugging Face folder ({@code config.json} of type llama,
 * mistral, qwen2, qwen3 or smollm3, weights as safetensors in one file or in parts, F32, F16 or
 * BF16), a GGUF file, a llama2.c checkpoint of version 0, or the weights that a run keeps. Whatever
 * the form, weights come as float32 under our names.
 *
 * <pre>{@code
 * try (ModelFolder model = ModelFolder.load(Path.of("models/tinystories"))) {
 *   Generator generator = new Generator(model.weights(), worker, GeneratorOptions.defaults());
 * }
 * }</pre>
 *
 * @param source the folder or file
 * @param weights the weights, which carry their configuration; closed with this
 * @param context tokens of the longest text that the model was made for
 * @param tokenizer file of the tokenizer (tokenizer.json, tokenizer.model, tok*.bin), or the folder
 *     itself where it has vocab.json and merges.txt, or the GGUF file; empty where there is none
 * @param endTokens ids that end a text, as generation_config.json or config.json says, or a GGUF's
 *     eos, eot and eom
 */
public record ModelFolder(
    Path source, Weights weights, int context, Optional<Path> tokenizer, List<Integer> endTokens)
    implements AutoCloseable {
  /** llama2.c's own: {@code "\n<s>\n"} starts the next text. */
  private static final List<Integer> LLAMA2C_ENDS = List.of(1, 2);

  public ModelFolder {
    endTokens = List.copyOf(endTokens);
  }

  /**
   * Reads a model.
   *
   * @param path a folder, a {@code .gguf} file, a llama2.c {@code .bin} file, or the {@code
   *     .safetensors} weights of a run on a model of the user; or the name of a model on a hub that
   *     was fetched ({@link HubPath})
   * @throws org.seal4j.data.check.InputException naming file, key or tensor where anything does not
   *     fit
   */
  public static ModelFolder load(Path path) {
    return of(HubPath.local(path));
  }

  private static ModelFolder of(Path path) {
    ModelFile file = ModelFile.at(path);
    return switch (file.form()) {
      case GGUF -> gguf(file.path());
      case RUN -> ofRun(file.path());
      case LLAMA2C -> llama2c(file.path());
      case FOLDER -> ofFolder(file.path());
    };
  }

  /**
   * The sizes of a model, by what stands before its weights, which are not read.
   *
   * @param path as in {@link #load}
   * @throws org.seal4j.data.check.InputException where that is no model
   */
  public static ModelConfig sizes(Path path) {
    ModelFile file = ModelFile.at(HubPath.local(path));
    return switch (file.form()) {
      case GGUF -> GgufModel.open(file.path()).config();
      case RUN -> describing(file.path()).model();
      case LLAMA2C -> Llama2C.read(file.path()).model();
      case FOLDER -> {
        ModelConfig config = configIn(file.path()).model();
        HfFolder.check(file.path(), config);
        yield config;
      }
    };
  }

  /**
   * Writes a model as a Hugging Face folder, which {@link #load} and Python's transformers read.
   *
   * @param context tokens of the longest text that the model is made for
   * @param endTokens ids that end a text, may be empty
   * @param folder new or empty
   */
  public static void save(Weights weights, int context, List<Integer> endTokens, Path folder) {
    HfExport.write(weights, context, endTokens, folder, empty -> {});
  }

  /** Writes this model as a Hugging Face folder, with its tokenizer where it has one. */
  public void save(Path folder) {
    HfExport.write(weights, context, endTokens, folder, tokenizerWriter());
  }

  /**
   * Writes all of this model but its weights into a folder, which is made where it is missing:
   * tokenizer, chat template, {@code config.json}. {@link #load} finds it for weights of a run, see
   * {@link #describes}.
   */
  public void describe(Path folder) {
    saveTokenizer(folder);
    HfExport.describe(weights.config(), context, endTokens, folder);
  }

  /**
   * The folder that says what a file of weights alone does not (context, ends, tokenizer): its own,
   * or {@code model} beside that, as a run has it; empty where neither has a {@code config.json}.
   */
  public static Optional<Path> describes(Path weights) {
    Path own = Checks.present(weights.toAbsolutePath().normalize().getParent(), "%s", weights);
    return Stream.of(own, own.resolveSibling("model"))
        .filter(folder -> Files.isRegularFile(folder.resolve(ModelFile.CONFIG)))
        .findFirst();
  }

  /** Writes tokenizer and chat template, where there are any, into a folder, made where missing. */
  public void saveTokenizer(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Checks.refuse("cannot make folder %s: %s", folder, AtomicFile.reason(e));
    }
    tokenizerWriter().accept(folder);
  }

  private Consumer<Path> tokenizerWriter() {
    if (tokenizer.isEmpty()) {
      boolean settings = Files.isDirectory(source); // a template, for one
      return folder -> {
        if (settings) {
          HfExport.copyTokenizer(source, folder);
        }
      };
    }
    Path own = tokenizer.get();
    if (own.equals(source) && GgufHeader.isGguf(source)) {
      return new GgufTokenizer(GgufHeader.read(source))::write;
    }
    if (ModelFile.name(own).endsWith(ModelFile.LLAMA2C)) {
      return folder -> HfExport.copy(own, folder.resolve("tokenizer.bin"));
    }
    Path place = Files.isDirectory(own) ? own : own.toAbsolutePath().getParent();
    return folder -> HfExport.copyTokenizer(Checks.present(place, "%s has no folder", own), folder);
  }

  /** The sizes of the model. */
  public ModelConfig config() {
    return weights.config();
  }

  private static ModelFolder ofFolder(Path folder) {
    HfConfig read = configIn(folder);
    List<Integer> ends = EndTokens.read(folder, read);
    Optional<Path> tokenizer = tokenizerIn(folder);
    Weights weights = HfFolder.weights(folder, read.model());
    return new ModelFolder(folder, weights, read.context(), tokenizer, ends);
  }

  private static HfConfig configIn(Path folder) {
    return HfConfig.read(FolderFile.find(folder, ModelFile.CONFIG).orElseThrow());
  }

  private static ModelFolder ofRun(Path file) {
    HfConfig read = describing(file);
    Path folder = describes(file).orElseThrow();
    return new ModelFolder(
        file,
        WeightsFile.load(WeightsFile.config(file), file),
        read.context(),
        tokenizerIn(folder),
        EndTokens.read(folder, read));
  }

  /** The configuration beside the weights of a run, which must be that of these weights. */
  private static HfConfig describing(Path file) {
    Path folder =
        describes(file)
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s holds weights alone, and there is no %s beside it or in ../model that says"
                            + " the rest; name the folder of a model, or export the file first (seal"
                            + " export --context N)",
                        file, ModelFile.CONFIG));
    HfConfig read = HfConfig.read(folder.resolve(ModelFile.CONFIG));
    ModelConfig own = WeightsFile.config(file);
    Checks.require(
        own.equals(read.model().withRopeInterleaved(own.ropeInterleaved())),
        "%s is of another model than %s describes",
        file,
        folder.resolve(ModelFile.CONFIG));
    return read;
  }

  private static ModelFolder llama2c(Path file) {
    Llama2C read = Llama2C.read(file);
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new ModelFolder(
        file,
        read.weights(file),
        read.context(),
        folder == null ? Optional.empty() : tokenizerIn(folder),
        LLAMA2C_ENDS);
  }

  private static ModelFolder gguf(Path file) {
    GgufModel read = GgufModel.open(file);
    boolean carries = read.header().keys().has(GgufTokenizer.MODEL);
    return new ModelFolder(
        file,
        read.weights(),
        read.context(),
        carries ? Optional.of(file) : Optional.empty(),
        read.endTokens());
  }

  private static Optional<Path> tokenizerIn(Path folder) {
    for (String name : List.of("tokenizer.json", "tokenizer.model", "tokenizer.bin")) {
      Optional<Path> file = FolderFile.find(folder, name);
      if (file.isPresent()) {
        return file;
      }
    }
    if (FolderFile.find(folder, "vocab.json").isPresent()
        && FolderFile.find(folder, "merges.txt").isPresent()) {
      return Optional.of(folder);
    }
    List<Path> tables =
        ModelFile.files(folder).stream()
            .filter(file -> ModelFile.name(file).matches("tok\\d+\\.bin"))
            .toList();
    return tables.size() == 1
        ? Optional.of(ModelFile.inside(folder, tables.get(0)))
        : Optional.empty();
  }

  @Override
  public void close() {
    weights.close();
  }
}
