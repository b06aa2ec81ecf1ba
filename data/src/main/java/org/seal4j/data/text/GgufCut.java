package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufKeys;

/**
 * How byte-level vocabularies of GGUF files cut a text, by {@code tokenizer.ggml.pre}: the
 * expressions of llama.cpp, as steps of {@code tokenizer.json}. One after the other they make each
 * match a piece of its own, and what lies between too.
 */
enum GgufCut {
  GPT2("gpt-2"),
  SMOLLM("smollm"),
  QWEN2("qwen2"),
  LLAMA_BPE("llama-bpe"),
  /** As LLAMA_BPE, but merges count and no token starts a text: files of SmolLM3 say so. */
  SMAUG_BPE("smaug-bpe"),
  DEFAULT("default");

  static final String KEY = "tokenizer.ggml.pre";

  private final String word;

  GgufCut(String word) {
    this.word = word;
  }

  /** The expressions, but for that of GPT-2 at the end of some, which ByteLevel has built in. */
  private List<String> expressions() {
    return switch (this) {
      case GPT2 -> List.of();
      case SMOLLM -> List.of("\\p{N}");
      case QWEN2 -> List.of(Patterns.QWEN2);
      case LLAMA_BPE, SMAUG_BPE -> List.of(Patterns.QWEN2.replace("|\\p{N}|", "|\\p{N}{1,3}|"));
      case DEFAULT ->
          List.of(
              "[\\p{P}\\$\\+<=>\\^~\\|]+", Patterns.GPT2.pattern(), "\\p{N}+", "[0-9][0-9][0-9]");
    };
  }

  /** What a file says; a kind that is not known would give other tokens in silence. */
  static GgufCut read(GgufKeys keys) {
    String word = keys.text(KEY);
    String meant = List.of("llama3", "llama-v3").contains(word) ? LLAMA_BPE.word : word;
    return Arrays.stream(values())
        .filter(cut -> cut.word.equals(meant))
        .findFirst()
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: %s is '%s', a way to cut texts that is not known; known are %s; name a"
                        + " tokenizer of the model's own with --tokenizer",
                    keys.file(), KEY, Shown.text(word), words()));
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(cut -> cut.word).toList();
  }

  /**
   * The one that cuts as these steps of a {@code tokenizer.json}; empty where none does.
   *
   * @param ignoresMerges whether a piece that is a token stays whole, which decides between two
   *     that cut alike
   */
  static Optional<GgufCut> of(JsonNode preTokenizer, boolean ignoresMerges) {
    List<String> wanted = spelled(preTokenizer);
    return Arrays.stream(values())
        .filter(cut -> spelled(cut.steps()).equals(wanted))
        .max(Comparator.comparing(cut -> cut.ignoresMerges() == ignoresMerges));
  }

  /** Each step in one way of several that mean the same. */
  private static List<String> spelled(JsonNode step) {
    String digits = "{\"Regex\":\"\\\\p{N}\"}";
    return switch (step.path("type").asText()) {
      case "Sequence" ->
          StreamSupport.stream(step.path("pretokenizers").spliterator(), false)
              .flatMap(one -> spelled(one).stream())
              .toList();
      case "Split" ->
          List.of(step.path("pattern") + step.path("behavior").asText() + step.path("invert"));
      case "Digits" ->
          List.of((step.path("individual_digits").asBoolean() ? digits : "") + "Isolatedfalse");
      case "ByteLevel" ->
          List.of("bytes" + step.path("add_prefix_space") + step.path("use_regex").asBoolean(true));
      default -> List.of(step.toString());
    };
  }

  /** The word for it in files. */
  String word() {
    return word;
  }

  /** Whether a piece that is a token stays whole, whatever the merges say. */
  boolean ignoresMerges() {
    return this == LLAMA_BPE;
  }

  /** Whether a text starts with a token of its own where the file does not say. */
  boolean addsBos() {
    return this == LLAMA_BPE;
  }

  /** Whether texts are brought into the form NFC first. */
  boolean normalizes() {
    return this == QWEN2;
  }

  /** The {@code pre_tokenizer} of a {@code tokenizer.json}. */
  ObjectNode steps() {
    ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
    ArrayNode steps = sequence.putArray("pretokenizers");
    for (String expression : expressions()) {
      ObjectNode step = steps.addObject().put("type", "Split");
      step.putObject("pattern").put("Regex", expression);
      step.put("behavior", "Isolated").put("invert", false);
    }
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", this == GPT2 || this == SMOLLM);
    return sequence;
  }
}
