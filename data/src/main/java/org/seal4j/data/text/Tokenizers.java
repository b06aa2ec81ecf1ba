package org.seal4j.data.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seal4j.data.run.Checks;
import org.seal4j.data.run.JsonField;

/**
 * Reads tokenizers of published models.
 *
 * <ul>
 *   <li>{@code tokenizer.json} of Hugging Face's library, models BPE and WordPiece;
 *   <li>{@code vocab.json} with {@code merges.txt}, {@code encoder.json} with {@code vocab.bpe};
 *   <li>{@code tokenizer_config.json} and {@code special_tokens_map.json} beside them, for the
 *       tokens at the beginning and the end.
 * </ul>
 *
 * <p>What a file asks for and this package does not have is refused with file, field and the list
 * of what there is.
 */
public final class Tokenizers {
  private static final List<List<String>> PAIRS =
      List.of(List.of("vocab.json", "merges.txt"), List.of("encoder.json", "vocab.bpe"));

  private Tokenizers() {}

  /**
   * The tokenizer in this folder or file.
   *
   * @param path a folder with one of the layouts above, the first found counts; or one file
   */
  public static Tokenizer load(Path path) {
    if (Files.isDirectory(path)) {
      return fromFolder(path);
    }
    Checks.require(Files.isRegularFile(path), "%s: there is no such file or folder", path);
    Checks.require(
        path.toString().endsWith(".json"),
        "%s: a tokenizer is read from tokenizer.json, or from a folder",
        path);
    return fromJson(path);
  }

  /** The byte-level tokenizer of these two files; settings are looked for beside the first. */
  public static Tokenizer load(Path vocabulary, Path merges) {
    return new VocabularyFiles(vocabulary, merges, new SpecialTokens(folderOf(vocabulary))).read();
  }

  private static Tokenizer fromFolder(Path folder) {
    if (Files.isRegularFile(folder.resolve("tokenizer.json"))) {
      return fromJson(folder.resolve("tokenizer.json"));
    }
    for (List<String> pair : PAIRS) {
      if (Files.isRegularFile(folder.resolve(pair.get(0)))) {
        return load(folder.resolve(pair.get(0)), folder.resolve(pair.get(1)));
      }
    }
    throw Checks.refuse(
        "%s: no tokenizer here; expected tokenizer.json, vocab.json with merges.txt, or"
            + " encoder.json with vocab.bpe",
        folder);
  }

  private static Tokenizer fromJson(Path file) {
    JsonField whole = JsonField.read(file);
    Checks.require(
        whole.has("model"),
        "%s: the key 'model' is missing; a vocabulary without it is read together with its merges",
        file);
    return new TokenizerJson(whole, new SpecialTokens(folderOf(file))).read();
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Checks.present(folder, "%s lies in no folder", file);
  }
}
