package org.seal4j.scripts.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.gguf.GgufHeader;

/**
 * What a model of the user consists of, file by file: weights, sizes, tokenizer, chat template. A
 * run that goes on with another tokenizer would be a mixture of both.
 */
public final class ModelHashes {
  private static final String KEY = "model.path";

  /** How the names of files end that a model or a tokenizer is read from. */
  private static final List<String> ENDINGS =
      List.of(".safetensors", ".json", ".txt", ".model", ".bin", ".bpe", ".jinja");

  private ModelHashes() {}

  /** SHA-256 by {@code model.path/FILE}, of a folder's files or of the one file and its folder. */
  public static Map<String, String> of(Path model) {
    return of(model, KEY);
  }

  /** The same by {@code KEY/FILE}. */
  public static Map<String, String> of(Path model, String key) {
    if (GgufHeader.isGguf(model)) { // carries its tokenizer and its template
      return Map.of(key + "/" + model.getFileName(), ContentHash.ofFile(model));
    }
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folderOf(model))) {
      files
          .filter(file -> Files.isRegularFile(file) && isRead(model, file))
          .forEach(file -> hashes.put(key + "/" + file.getFileName(), ContentHash.ofFile(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }

  /**
   * Size of the files that hold weights; in a run's folder 16-bit ones take twice as much. Of a
   * GGUF file what its weights take as float32.
   */
  public static double weightsBytes(Path model) {
    if (GgufHeader.isGguf(model)) {
      return GgufHeader.read(model).tensors().values().stream()
          .mapToDouble(tensor -> (double) Float.BYTES * tensor.length())
          .sum();
    }
    try (Stream<Path> files = Files.isDirectory(model) ? Files.list(model) : Stream.of(model)) {
      double bytes = 0;
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        boolean weights =
            name.matches("(?!tok).*\\.(safetensors|bin)") && Files.isRegularFile(file);
        bytes += weights ? Files.size(file) : 0;
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folderOf(Path model) {
    Path parent = model.toAbsolutePath().getParent();
    return Files.isDirectory(model) || parent == null ? model : parent;
  }

  /** Beside a llama2.c checkpoint lie its tokenizer, and perhaps other models. */
  private static boolean isRead(Path model, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean weights =
        name.endsWith(".safetensors") || (name.endsWith(".bin") && !name.startsWith("tok"));
    return file.toAbsolutePath().equals(model.toAbsolutePath())
        || ((Files.isDirectory(model) || !weights) && ENDINGS.stream().anyMatch(name::endsWith));
  }
}
