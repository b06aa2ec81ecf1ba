package org.seal4j.data.text;

import java.text.Normalizer.Form;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.seal4j.data.json.JsonField;

/** Which normalizers, pre-tokenizers and decoders of {@code tokenizer.json} there are. */
final class StepReaders {
  private static final String BYTE_LEVEL = "add_prefix_space trim_offsets use_regex";
  private static final String METASPACE =
      "replacement prepend_scheme add_prefix_space split str_rep";
  private static final Finder WORDS = finder("\\w+|[^\\w\\s]+");
  private static final Finder SPACES = finder("\\s+");
  private static final Finder MARK = finder("[!-/:-@\\[-`{-~\\p{P}]");
  private static final Finder NUMBER = finder("\\p{N}");

  /** Most steps in a row; published tokenizers have up to six. */
  private static final int MOST_STEPS = 32;

  private StepReaders() {}

  private static Finder finder(String expression) {
    return Finder.of(Patterns.compile(expression));
  }

  /** Reads a normalizer. */
  static UnaryOperator<String> normalizer(JsonField step) {
    return Normalizers.chain(few(normalizers().read(step), step));
  }

  /** Reads a pre-tokenizer. */
  static PreTokenizer preTokenizer(JsonField step) {
    return PreTokenizer.chain(few(preTokenizers().read(step), step));
  }

  /** Reads a decoder. */
  static UnaryOperator<List<String>> decoder(JsonField step) {
    return Decoders.chain(few(decoders().read(step), step));
  }

  private static <T> List<T> few(List<T> steps, JsonField place) {
    if (steps.size() > MOST_STEPS) {
      throw place.refuse("at most %d steps".formatted(MOST_STEPS));
    }
    return steps;
  }

  private static StepReader<UnaryOperator<String>> normalizers() {
    StepReader<UnaryOperator<String>> steps = new StepReader<>();
    for (Form form : Form.values()) {
      steps.on(form.name(), "", step -> Normalizers.form(form));
    }
    return steps
        .on("Lowercase", "", step -> Normalizers::lowercase)
        .on("StripAccents", "", step -> Normalizers::stripAccents)
        .on("ByteLevel", "", step -> ByteAlphabet::write)
        .on("Prepend", "prepend", StepReaders::prepend)
        .on("Replace", "pattern content", StepReaders::replace)
        .on("Strip", "strip_left strip_right", StepReaders::strip)
        .onList("normalizers");
  }

  private static StepReader<PreTokenizer> preTokenizers() {
    return new StepReader<PreTokenizer>()
        .on("ByteLevel", BYTE_LEVEL, StepReaders::byteLevel)
        .on("Split", "pattern behavior invert", StepReaders::split)
        .on("Metaspace", METASPACE, StepReaders::metaspace)
        .on("Digits", "individual_digits", StepReaders::digits)
        .on("Punctuation", "behavior", StepReaders::punctuation)
        .on("Whitespace", "", step -> new SplitAt(WORDS, SplitAt.Behavior.REMOVED, true))
        .on("WhitespaceSplit", "", step -> new SplitAt(SPACES, SplitAt.Behavior.REMOVED, false))
        .on("CharDelimiterSplit", "delimiter", StepReaders::delimiter)
        .onList("pretokenizers");
  }

  private static StepReader<UnaryOperator<List<String>>> decoders() {
    return new StepReader<UnaryOperator<List<String>>>()
        .on("ByteLevel", BYTE_LEVEL, step -> Decoders::byteLevel)
        .on("ByteFallback", "", step -> Decoders::byteFallback)
        .on("Fuse", "", step -> Decoders::fuse)
        .on("Replace", "pattern content", step -> Decoders.each(replace(step)))
        .on("Strip", "content start stop", StepReaders::stripCharacters)
        .on("Metaspace", METASPACE, StepReaders::blanks)
        .on(
            "WordPiece",
            "prefix cleanup",
            step -> Decoders.wordPiece(step.text("prefix", "##"), step.bool("cleanup", true)))
        .on("BPEDecoder", "suffix", step -> Decoders.bpe(step.text("suffix", "</w>")))
        .onList("decoders");
  }

  private static UnaryOperator<String> replace(JsonField step) {
    return Normalizers.replace(pattern(step), step.member("content").text());
  }

  private static UnaryOperator<String> prepend(JsonField step) {
    JsonField text = step.member("prepend");
    if (text.text().isEmpty()) {
      throw text.refuse("a text that is not empty");
    }
    return Normalizers.prepend(text.text());
  }

  private static UnaryOperator<String> strip(JsonField step) {
    return Normalizers.strip(step.member("strip_left").bool(), step.member("strip_right").bool());
  }

  private static UnaryOperator<List<String>> stripCharacters(JsonField step) {
    return Decoders.strip(
        step.member("content").text(), step.member("start").count(), step.member("stop").count());
  }

  private static PreTokenizer byteLevel(JsonField step) {
    PreTokenizer prefix =
        step.member("add_prefix_space").bool() ? PreTokenizer.prefixSpace() : PreTokenizer.whole();
    PreTokenizer cut =
        step.bool("use_regex", true)
            ? prefix.then(new SplitAt(Finder.of(Patterns.GPT2), SplitAt.Behavior.ISOLATED, false))
            : prefix;
    return cut.then(PreTokenizer.bytes());
  }

  private static PreTokenizer split(JsonField step) {
    return new SplitAt(pattern(step), behavior(step), step.bool("invert", false));
  }

  private static PreTokenizer digits(JsonField step) {
    boolean alone = step.bool("individual_digits", false);
    return new SplitAt(
        NUMBER, alone ? SplitAt.Behavior.ISOLATED : SplitAt.Behavior.CONTIGUOUS, false);
  }

  private static PreTokenizer punctuation(JsonField step) {
    return new SplitAt(
        MARK, step.has("behavior") ? behavior(step) : SplitAt.Behavior.ISOLATED, false);
  }

  private static PreTokenizer delimiter(JsonField step) {
    Finder delimiter = Finder.literal(character(step.member("delimiter")));
    return new SplitAt(delimiter, SplitAt.Behavior.REMOVED, false);
  }

  private static SplitAt.Behavior behavior(JsonField step) {
    JsonField behavior = step.member("behavior");
    return SplitAt.Behavior.of(behavior.text())
        .orElseThrow(() -> behavior.refuse("one of " + SplitAt.Behavior.labels()));
  }

  /** The expression or the literal text that a step looks for. */
  private static Finder pattern(JsonField step) {
    JsonField pattern = step.member("pattern");
    if (pattern.has("String")) {
      return Finder.literal(pattern.member("String").text());
    }
    if (!pattern.has("Regex")) {
      throw pattern.refuse("{\"String\": ...} or {\"Regex\": ...}");
    }
    JsonField regex = pattern.member("Regex");
    return Finder.of(Oniguruma.read(regex.text(), regex.file() + ": " + regex.pointer()));
  }

  private static PreTokenizer metaspace(JsonField step) {
    String scheme = prependScheme(step);
    return PreTokenizer.metaspace(
        replacement(step),
        scheme.equals("always"),
        scheme.equals("first"),
        step.bool("split", true));
  }

  private static UnaryOperator<List<String>> blanks(JsonField step) {
    return Decoders.metaspace(replacement(step), !prependScheme(step).equals("never"));
  }

  private static String replacement(JsonField step) {
    return step.optional("replacement").map(StepReaders::character).orElse(PieceList.BLANK);
  }

  private static String character(JsonField text) {
    if (text.text().codePointCount(0, text.text().length()) != 1) {
      throw text.refuse("one character");
    }
    return text.text();
  }

  /** The newer key, or what the older {@code add_prefix_space} stands for. */
  private static String prependScheme(JsonField step) {
    String older = step.bool("add_prefix_space", true) ? "always" : "never";
    String scheme = step.text("prepend_scheme", older);
    if (!Set.of("always", "first", "never").contains(scheme)) {
      throw step.member("prepend_scheme").refuse("always, first or never");
    }
    return scheme;
  }
}
