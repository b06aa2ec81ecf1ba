package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.gguf.GgufHeader;

/**
 * What holds a model, and in which form.
 *
 * @param form of it
 * @param path of the folder or file
 */
record ModelFile(Form form, Path path) {
  static final String CONFIG = "config.json";
  static final String LLAMA2C = ".bin";
  private static final String WEIGHTS = ".safetensors";

  /** The forms of models. */
  enum Form {
    GGUF,
    RUN,
    LLAMA2C,
    FOLDER
  }

  /**
   * What lies at a path.
   *
   * @throws org.seal4j.data.check.InputException where that is no model
   */
  static ModelFile at(Path path) {
    if (GgufHeader.isGguf(path)) {
      return new ModelFile(Form.GGUF, path);
    }
    if (Files.isRegularFile(path)) {
      Checks.require(
          name(path).endsWith(WEIGHTS) || name(path).endsWith(LLAMA2C),
          "%s is no GGUF file, and its name ends neither with %s nor with %s; a model is a folder,"
              + " a .gguf, a llama2.c .bin, or a run's .safetensors file",
          path,
          LLAMA2C,
          WEIGHTS);
      return new ModelFile(name(path).endsWith(WEIGHTS) ? Form.RUN : Form.LLAMA2C, path);
    }
    Checks.require(
        Files.isDirectory(path),
        "there is no model at %s; name a folder, a .gguf, a .bin, or a run's .safetensors file",
        path);
    return FolderFile.find(path, CONFIG).isEmpty()
        ? new ModelFile(Form.LLAMA2C, onlyCheckpoint(path))
        : new ModelFile(Form.FOLDER, path);
  }

  private static Path onlyCheckpoint(Path folder) {
    List<Path> found =
        files(folder).stream()
            .filter(file -> name(file).endsWith(LLAMA2C) && !name(file).startsWith("tok"))
            .toList();
    Optional<Path> gguf = files(folder).stream().filter(GgufHeader::isGguf).findFirst();
    Checks.require(
        !found.isEmpty() || gguf.isEmpty(),
        "%s has no %s; it holds GGUF files: name one of them, such as %s",
        folder,
        CONFIG,
        gguf.map(ModelFile::name).orElse(""));
    Checks.require(
        found.size() == 1,
        "%s has no %s, and %s; a model is a Hugging Face folder (%s, safetensors) or one llama2.c"
            + " checkpoint (.bin)",
        folder,
        CONFIG,
        found.isEmpty() ? "no .bin file" : found.size() + " .bin files",
        CONFIG);
    return inside(folder, found.get(0));
  }

  /** The same file, or a refusal where it is none, or a link that leaves the folder. */
  static Path inside(Path folder, Path file) {
    return FolderFile.find(folder, name(file)).orElse(file);
  }

  /** The files of a folder, in their order. */
  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw Checks.refuse("cannot list %s: %s", folder, AtomicFile.reason(e));
    }
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
