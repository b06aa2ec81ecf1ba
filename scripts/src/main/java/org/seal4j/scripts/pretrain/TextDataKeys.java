package org.seal4j.scripts.pretrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.file.TextFile;

/**
 * What the model is trained on.
 *
 * @param text path of a text in UTF-8, or of a folder whose {@code .txt} files are taken in the
 *     order of their names; null in the recipe, given by {@code --set}
 * @param separator what stands between two documents of a file; each document ends with the end
 *     token. Empty where a file is one document
 * @param heldOut share of the text, its end, that is measured and not trained on, in (0, 0.5]
 */
public record TextDataKeys(@Nullable String text, String separator, double heldOut) {
  /** Longest text file in bytes: what one text can hold. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  public TextDataKeys {
    Checks.require(
        heldOut > 0 && heldOut <= 0.5, "data.heldOut must be in (0, 0.5] but was %s", heldOut);
  }

  /** Refuses a recipe that names no text, or one that does not exist. */
  void requireText() {
    files();
  }

  Path path() {
    return Path.of(
        Checks.present(
            text,
            "data.text is not set: no text comes with Seal4J; name one of your own with --set"
                + " data.text=PATH (a file of plain UTF-8, a megabyte or more of simple language,"
                + " or a folder of .txt files)"));
  }

  private List<Path> files() {
    Path path = path();
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    Checks.require(
        Files.isDirectory(path) || Files.exists(RegularFile.require(path)),
        "data.text: there is no file or folder %s; name a text in UTF-8",
        path);
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files =
          entries
              .filter(file -> file.getFileName().toString().endsWith(".txt"))
              .filter(RegularFile::isFile)
              .sorted()
              .toList();
      Checks.require(!files.isEmpty(), "data.text: the folder %s has no .txt file", path);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All documents, in order; blank ones are left out. */
  List<String> documents() {
    return files().stream().flatMap(file -> documents(read(file))).toList();
  }

  private Stream<String> documents(String text) {
    Stream<String> parts =
        separator.isEmpty()
            ? Stream.of(text)
            : Pattern.compile(Pattern.quote(separator)).splitAsStream(text);
    return parts.filter(document -> !document.isBlank());
  }

  private static String read(Path file) {
    try {
      return TextFile.read(file, MOST_BYTES);
    } catch (InputException e) {
      throw new InputException("data.text: " + e.getMessage(), e);
    }
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "TextDataConfig[text=%s, separator=%s, heldOut=%s]".formatted(text, separator, heldOut);
  }
}
