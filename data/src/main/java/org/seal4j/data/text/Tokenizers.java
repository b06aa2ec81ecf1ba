package org.seal4j.data.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.FolderFile;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.json.JsonField;

/**
 * Reads tokenizers of published models.
 *
 * <ul>
 *   <li>{@code tokenizer.json} of Hugging Face's library, models BPE and WordPiece;
 *   <li>{@code vocab.json} with {@code merges.txt}, {@code encoder.json} with {@code vocab.bpe};
 *   <li>SentencePiece's {@code .model}, byte-pair encoding and unigram;
 *   <li>{@code tokenizer.bin} of llama2.c;
 *   <li>a GGUF file, which carries its own;
 *   <li>{@code tokenizer_config.json} and {@code special_tokens_map.json} beside the JSON files,
 *       for the tokens at the beginning and the end.
 * </ul>
 *
 * <p>What a file asks for and this package does not have is refused with file, field and the list
 * of what there is.
 */
public final class Tokenizers {
  private static final Map<String, String> MERGES =
      Map.of("vocab.json", "merges.txt", "encoder.json", "vocab.bpe");
  private static final List<String> NAMES =
      List.of("tokenizer.json", "vocab.json", "encoder.json", "tokenizer.model", "tokenizer.bin");

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
    Checks.require(
        Files.isRegularFile(RegularFile.require(path)),
        "%s: there is no such file or folder",
        path);
    if (GgufHeader.isGguf(path)) {
      return new GgufTokenizer(GgufHeader.read(path)).tokenizer();
    }
    String name = path.toString();
    if (name.endsWith(".json")) {
      return fromJson(path);
    }
    if (name.endsWith(".model")) {
      return SentencePieceFile.read(path, new SpecialTokens(folderOf(path)));
    }
    Checks.require(
        name.endsWith(".bin"),
        "%s: a tokenizer is read from a folder or a file named *.json, *.model, *.bin or *.gguf",
        path);
    return SentencePieceFile.readLlama2c(path);
  }

  /** The byte-level tokenizer of these two files; settings are looked for beside the first. */
  public static Tokenizer load(Path vocabulary, Path merges) {
    return new VocabularyFiles(vocabulary, merges, new SpecialTokens(folderOf(vocabulary))).read();
  }

  private static Tokenizer fromFolder(Path folder) {
    for (String name : NAMES) {
      Optional<Path> file = FolderFile.find(folder, name);
      if (file.isPresent()) {
        String merges = MERGES.get(name);
        return merges == null ? load(file.get()) : load(file.get(), beside(file.get(), merges));
      }
    }
    throw Checks.refuse(
        "%s: no tokenizer here; expected tokenizer.json, vocab.json with merges.txt, encoder.json"
            + " with vocab.bpe, tokenizer.model or tokenizer.bin",
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

  private static Path beside(Path vocabulary, String merges) {
    return FolderFile.find(folderOf(vocabulary), merges)
        .orElseThrow(
            () -> Checks.refuse("%s needs %s beside it, which is missing", vocabulary, merges));
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Checks.present(folder, "%s lies in no folder", file);
  }
}
