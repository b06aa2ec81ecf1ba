package org.seal4j.data.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.json.JsonField;

/**
 * Reads a byte-level vocabulary and its merges from two files, {@code vocab.json} and {@code
 * merges.txt} or GPT-2's {@code encoder.json} and {@code vocab.bpe}. How text is cut follows from
 * {@code tokenizer_class} in {@code tokenizer_config.json}; without one it is GPT-2's way.
 */
record VocabularyFiles(Path vocabFile, Path mergesFile, SpecialTokens specials) {
  private static final String END = "<|endoftext|>";

  Tokenizer read() {
    Vocabulary own = Vocabulary.read(JsonField.read(vocabFile));
    List<AddedToken> added = added(own);
    Vocabulary all = own.with(added);
    OptionalInt end = all.id(END);
    boolean qwen = isQwen();
    PreTokenizer cut =
        new SplitAt(
            Finder.of(qwen ? Patterns.compile(Patterns.QWEN2) : Patterns.GPT2),
            SplitAt.Behavior.ISOLATED,
            false);
    boolean prefixed =
        !qwen && specials.setting("add_prefix_space").map(JsonField::bool).orElse(false);
    return new PipelineTokenizer(
        new PipelineTokenizer.Parts(
            all,
            added,
            List.of(),
            qwen ? Normalizers.form(java.text.Normalizer.Form.NFC) : UnaryOperator.identity(),
            (prefixed ? PreTokenizer.prefixSpace().then(cut) : cut).then(PreTokenizer.bytes()),
            new SubwordModel.Cached(
                new BpeModel(
                    own, merges(own), new BpeModel.Options("", "", "", false, false, false))),
            Decoders::byteLevel,
            qwen ? OptionalInt.empty() : specials.first(all, vocabFile),
            specials.role("eos_token", all, vocabFile, end)));
  }

  private boolean isQwen() {
    Optional<JsonField> type = specials.setting("tokenizer_class");
    return switch (type.map(JsonField::text).orElse("GPT2Tokenizer")) {
      case "Qwen2Tokenizer", "Qwen2TokenizerFast" -> true;
      case "GPT2Tokenizer", "GPT2TokenizerFast" -> false;
      default ->
          throw type.orElseThrow()
              .refuse(
                  "GPT2Tokenizer or Qwen2Tokenizer; for others give the folder a tokenizer.json");
    };
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

  private Merges merges(Vocabulary own) {
    List<String> lines = lines();
    Merges.Reader reader = new Merges.Reader(own, "", lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isEmpty() && !(i == 0 && line.startsWith("#version"))) {
        reader.add(line, mergesFile + ", line " + (i + 1));
      }
    }
    return reader.merges();
  }

  private List<String> lines() {
    return TextFile.read(mergesFile).lines().toList();
  }
}
