package org.seal4j.data.text;

import java.text.Normalizer.Form;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.seal4j.data.json.JsonField;

/** Which normalizers, pre-tokenizers and decoders of {@code tokenizer.json} there are. */
final class StepReaders {
  private static final String BYTE_LEVEL = "add_prefix_space trim_offsets use_regex";
  private static final String METASPACE =
      "replacement prepend_scheme add_prefix_space split str_rep";
  private static final Pattern WORDS = Patterns.compile("\\w+|[^\\w\\s]+", "Whitespace");
  private static final Pattern SPACES = Patterns.compile("\\s+", "WhitespaceSplit");
  private static final Pattern MARK = Patterns.compile("[!-/:-@\\[-`{-~\\p{P}]", "Punctuation");
  private static final Pattern NUMBER = Patterns.compile("\\p{N}", "Digits");

  private StepReaders() {}

  static StepReader<UnaryOperator<String>> normalizers() {
    StepReader<UnaryOperator<String>> steps = new StepReader<>();
    for (Form form : Form.values()) {
      steps.on(form.name(), "", step -> Normalizers.form(form));
    }
    return steps
        .on("Lowercase", "", step -> Normalizers::lowercase)
        .on("StripAccents", "", step -> Normalizers::stripAccents)
        .on("ByteLevel", "", step -> ByteAlphabet::write)
        .on("Prepend", "prepend", step -> Normalizers.prepend(step.member("prepend").text()))
        .on("Replace", "pattern content", StepReaders::replace)
        .on("Strip", "strip_left strip_right", StepReaders::strip)
        .on("Sequence", "normalizers", step -> chain(steps.readAll(step.member("normalizers"))));
  }

  static StepReader<PreTokenizer> preTokenizers() {
    StepReader<PreTokenizer> steps = new StepReader<>();
    return steps
        .on("ByteLevel", BYTE_LEVEL, StepReaders::byteLevel)
        .on("Split", "pattern behavior invert", StepReaders::split)
        .on("Metaspace", METASPACE, StepReaders::metaspace)
        .on("Digits", "individual_digits", StepReaders::digits)
        .on("Punctuation", "behavior", StepReaders::punctuation)
        .on("Whitespace", "", step -> new SplitAt(WORDS, SplitAt.Behavior.REMOVED, true))
        .on("WhitespaceSplit", "", step -> new SplitAt(SPACES, SplitAt.Behavior.REMOVED, false))
        .on("CharDelimiterSplit", "delimiter", StepReaders::delimiter)
        .on(
            "Sequence",
            "pretokenizers",
            step -> PreTokenizer.chain(steps.readAll(step.member("pretokenizers"))));
  }

  static StepReader<UnaryOperator<List<String>>> decoders() {
    StepReader<UnaryOperator<List<String>>> steps = new StepReader<>();
    return steps
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
        .on("Sequence", "decoders", step -> chain(steps.readAll(step.member("decoders"))));
  }

  /** One after the other. */
  private static <T> UnaryOperator<T> chain(List<UnaryOperator<T>> steps) {
    return input -> {
      T now = input;
      for (UnaryOperator<T> step : steps) {
        now = step.apply(now);
      }
      return now;
    };
  }

  private static UnaryOperator<String> replace(JsonField step) {
    return Normalizers.replace(pattern(step), step.member("content").text());
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
            ? prefix.then(new SplitAt(Patterns.GPT2, SplitAt.Behavior.ISOLATED, false))
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
    Pattern delimiter = Patterns.literal(step.member("delimiter").text());
    return new SplitAt(delimiter, SplitAt.Behavior.REMOVED, false);
  }

  private static SplitAt.Behavior behavior(JsonField step) {
    JsonField behavior = step.member("behavior");
    return SplitAt.Behavior.of(behavior.text())
        .orElseThrow(() -> behavior.refuse("one of " + SplitAt.Behavior.labels()));
  }

  /** The expression or the literal text that a step looks for. */
  private static Pattern pattern(JsonField step) {
    JsonField pattern = step.member("pattern");
    if (pattern.has("String")) {
      return Patterns.literal(pattern.member("String").text());
    }
    if (!pattern.has("Regex")) {
      throw pattern.refuse("{\"String\": ...} or {\"Regex\": ...}");
    }
    JsonField regex = pattern.member("Regex");
    return Patterns.compile(regex.text(), regex.file() + ": " + regex.pointer());
  }

  private static PreTokenizer metaspace(JsonField step) {
    String scheme = prependScheme(step);
    return PreTokenizer.metaspace(
        step.text("replacement", PieceList.BLANK),
        scheme.equals("always"),
        scheme.equals("first"),
        step.bool("split", true));
  }

  private static UnaryOperator<List<String>> blanks(JsonField step) {
    String replacement = step.text("replacement", PieceList.BLANK);
    return Decoders.metaspace(replacement, !prependScheme(step).equals("never"));
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
