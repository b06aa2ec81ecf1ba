package org.seal4j.data.text;

import java.text.Normalizer.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.text.StepReader.Kind;

/** Which normalizers, pre-tokenizers and decoders of {@code tokenizer.json} there are. */
final class StepReaders {
  private static final String REPLACEMENT = "replacement";
  private static final String BLOCK = "\u2581";

  private StepReaders() {}

  static StepReader<UnaryOperator<String>> normalizers() {
    Map<String, Kind<UnaryOperator<String>>> kinds = new LinkedHashMap<>();
    StepReader<UnaryOperator<String>> reader = new StepReader<>(kinds);
    for (Form form : Form.values()) {
      add(kinds, form.name(), Set.of(), step -> Normalizers.form(form));
    }
    add(kinds, "Lowercase", Set.of(), step -> Normalizers::lowercase);
    add(kinds, "StripAccents", Set.of(), step -> Normalizers::stripAccents);
    add(kinds, "ByteLevel", Set.of(), step -> ByteAlphabet::write);
    add(
        kinds,
        "Prepend",
        Set.of("prepend"),
        step -> Normalizers.prepend(step.member("prepend").text()));
    add(
        kinds,
        "Replace",
        Set.of("pattern", "content"),
        step -> Normalizers.replace(StepReader.pattern(step), step.member("content").text()));
    add(
        kinds,
        "Strip",
        Set.of("strip_left", "strip_right"),
        step ->
            Normalizers.strip(step.member("strip_left").bool(), step.member("strip_right").bool()));
    add(
        kinds,
        "Sequence",
        Set.of("normalizers"),
        step -> {
          List<UnaryOperator<String>> all = reader.readAll(step.member("normalizers"));
          return text -> {
            String now = text;
            for (UnaryOperator<String> one : all) {
              now = one.apply(now);
            }
            return now;
          };
        });
    return reader;
  }

  static StepReader<PreTokenizer> preTokenizers() {
    Map<String, Kind<PreTokenizer>> kinds = new LinkedHashMap<>();
    StepReader<PreTokenizer> reader = new StepReader<>(kinds);
    add(
        kinds,
        "ByteLevel",
        Set.of("add_prefix_space", "trim_offsets", "use_regex"),
        StepReaders::byteLevel);
    add(
        kinds,
        "Split",
        Set.of("pattern", "behavior", "invert"),
        step -> new SplitAt(StepReader.pattern(step), behavior(step), step.bool("invert", false)));
    add(
        kinds,
        "Metaspace",
        Set.of(REPLACEMENT, "prepend_scheme", "add_prefix_space", "split", "str_rep"),
        step -> {
          String scheme = prependScheme(step);
          return PreTokenizers.metaspace(
              step.text(REPLACEMENT, BLOCK),
              scheme.equals("always"),
              scheme.equals("first"),
              step.bool("split", true));
        });
    add(
        kinds,
        "Digits",
        Set.of("individual_digits"),
        step -> PreTokenizers.digits(step.bool("individual_digits", false)));
    add(
        kinds,
        "Punctuation",
        Set.of("behavior"),
        step ->
            PreTokenizers.punctuation(
                step.has("behavior") ? behavior(step) : SplitBehavior.ISOLATED));
    add(kinds, "Whitespace", Set.of(), step -> PreTokenizers.whitespace());
    add(kinds, "WhitespaceSplit", Set.of(), step -> PreTokenizers.whitespaceSplit());
    add(
        kinds,
        "CharDelimiterSplit",
        Set.of("delimiter"),
        step ->
            new SplitAt(
                Patterns.literal(step.member("delimiter").text()), SplitBehavior.REMOVED, false));
    add(
        kinds,
        "Sequence",
        Set.of("pretokenizers"),
        step -> PreTokenizer.chain(reader.readAll(step.member("pretokenizers"))));
    return reader;
  }

  private static PreTokenizer byteLevel(JsonField step) {
    PreTokenizer prefix =
        step.member("add_prefix_space").bool() ? PreTokenizers.prefixSpace() : PreTokenizer.whole();
    PreTokenizer cut =
        step.bool("use_regex", true)
            ? prefix.then(new SplitAt(Patterns.GPT2, SplitBehavior.ISOLATED, false))
            : prefix;
    return cut.then(PreTokenizers.bytes());
  }

  private static SplitBehavior behavior(JsonField step) {
    JsonField behavior = step.member("behavior");
    return SplitBehavior.of(behavior.text())
        .orElseThrow(() -> behavior.refuse("one of " + SplitBehavior.labels()));
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

  static StepReader<Decoder> decoders() {
    Map<String, Kind<Decoder>> kinds = new LinkedHashMap<>();
    StepReader<Decoder> reader = new StepReader<>(kinds);
    add(
        kinds,
        "ByteLevel",
        Set.of("add_prefix_space", "trim_offsets", "use_regex"),
        step -> Decoders::byteLevel);
    add(kinds, "ByteFallback", Set.of(), step -> Decoders::byteFallback);
    add(kinds, "Fuse", Set.of(), step -> Decoders::fuse);
    add(
        kinds,
        "Replace",
        Set.of("pattern", "content"),
        step ->
            Decoders.each(
                Normalizers.replace(StepReader.pattern(step), step.member("content").text())));
    add(
        kinds,
        "Strip",
        Set.of("content", "start", "stop"),
        step ->
            Decoders.strip(
                step.member("content").text(),
                step.member("start").count(),
                step.member("stop").count()));
    add(
        kinds,
        "Metaspace",
        Set.of(REPLACEMENT, "prepend_scheme", "add_prefix_space", "split", "str_rep"),
        step ->
            Decoders.metaspace(
                step.text(REPLACEMENT, BLOCK), !prependScheme(step).equals("never")));
    add(
        kinds,
        "WordPiece",
        Set.of("prefix", "cleanup"),
        step -> Decoders.wordPiece(step.text("prefix", "##"), step.bool("cleanup", true)));
    add(kinds, "BPEDecoder", Set.of("suffix"), step -> Decoders.bpe(step.text("suffix", "</w>")));
    add(
        kinds,
        "Sequence",
        Set.of("decoders"),
        step -> Decoder.chain(reader.readAll(step.member("decoders"))));
    return reader;
  }

  private static <T> void add(
      Map<String, Kind<T>> kinds, String type, Set<String> keys, Function<JsonField, T> reader) {
    kinds.put(type, new Kind<>(keys, reader));
  }
}
