package org.seal4j.data.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.JsonField;

/**
 * Reads a byte-level vocabulary and its merges from two files, {@code vocab.json} and {@code
 * merges.txt} or GPT-2's {@code encoder.json} and {@code vocab.bpe}. How text is cut follows from
 * {@code tokenizer_class} in {@code tokenizer_config.json}; without one it is GPT-2's way.
 */
final class VocabularyFiles {
  private static final String END = "<|endoftext|>";

  private final Path vocabFile;
  private final Path mergesFile;
  private final SpecialTokens specials;

  VocabularyFiles(Path vocabFile, Path mergesFile, SpecialTokens specials) {
    this.vocabFile = vocabFile;
    this.mergesFile = mergesFile;
    this.specials = specials;
  }

  Tokenizer read() {
    Map<String, Integer> tokens = Vocabulary.read(JsonField.read(vocabFile));
    Vocabulary own = new Vocabulary(tokens, vocabFile);
    List<AddedToken> added = added(own);
    added.forEach(token -> tokens.put(token.content(), token.id()));
    Vocabulary all = new Vocabulary(tokens, vocabFile);
    boolean qwen = isQwen();
    PreTokenizer cut =
        new SplitAt(
            qwen ? Patterns.compile(Patterns.QWEN2, "Qwen2") : Patterns.GPT2,
            SplitBehavior.ISOLATED,
            false);
    boolean prefixed =
        !qwen && specials.setting("add_prefix_space").map(JsonField::bool).orElse(false);
    return new PipelineTokenizer(
        new PipelineTokenizer.Parts(
            all,
            added,
            List.of(),
            qwen ? Normalizers.form(java.text.Normalizer.Form.NFC) : UnaryOperator.identity(),
            (prefixed ? PreTokenizers.prefixSpace().then(cut) : cut).then(PreTokenizers.bytes()),
            new CachedModel(new BpeModel(own, merges(own), BpeOptions.plain())),
            Decoders::byteLevel,
            role("bos_token", all),
            role("eos_token", all)));
  }

  private boolean isQwen() {
    Optional<JsonField> type = specials.setting("tokenizer_class");
    if (type.isEmpty()) {
      return false;
    }
    String name = type.get().text();
    if (Set.of("Qwen2Tokenizer", "Qwen2TokenizerFast").contains(name)) {
      return true;
    }
    if (!Set.of("GPT2Tokenizer", "GPT2TokenizerFast").contains(name)) {
      throw type.get()
          .refuse("GPT2Tokenizer or Qwen2Tokenizer; for others give the folder a tokenizer.json");
    }
    return false;
  }

  private List<AddedToken> added(Vocabulary own) {
    List<AddedToken> added = new ArrayList<>(specials.added());
    if (added.isEmpty()) {
      List<String> names = specials.roles().isEmpty() ? List.of(END) : specials.roles();
      for (String name : names) {
        own.id(name).ifPresent(id -> added.add(AddedToken.special(id, name)));
      }
    }
    return added;
  }

  private OptionalInt role(String role, Vocabulary all) {
    if (!specials.settles(role)) {
      return all.id(END); // GPT-2 starts and ends texts by the same token
    }
    Optional<String> token = specials.role(role);
    if (token.isEmpty()) {
      return OptionalInt.empty();
    }
    Checks.require(
        all.id(token.get()).isPresent(),
        "%s names the %s '%s', which %s lacks",
        SpecialTokens.CONFIG,
        role,
        token.get(),
        vocabFile);
    return all.id(token.get());
  }

  private Merges merges(Vocabulary own) {
    List<String> lines = lines();
    MergeReader reader = new MergeReader(own, "", lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !(i == 0 && line.startsWith("#version"))) {
        reader.add(line, mergesFile + ", line " + (i + 1));
      }
    }
    return reader.merges();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(mergesFile);
    } catch (IOException e) {
      throw new InputException(mergesFile + ": cannot be read as UTF-8 text (" + e + ")", e);
    }
  }
}
