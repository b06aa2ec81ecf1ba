package org.seal4j.data.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.text.BpeTrainerConfig.Alphabet;

/** A byte-pair encoding that was trained here: a tokenizer, and the files that others read. */
public final class TrainedBpe {
  private static final String FILE = "tokenizer.json";

  /** A tokenizer to which tokens and merges are added. */
  private static final String FRAME =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": %s, "pre_tokenizer": %s, "post_processor": null, "decoder": %s,
       "model": {
         "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
         "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": %s,
         "ignore_merges": false, "vocab": {}, "merges": []}}
      """;

  private static final String BYTE_LEVEL =
      """
      {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}
      """;

  private static final String BLOCKS_FOR_BLANKS =
      """
      {"type": "Sequence", "normalizers": [
        {"type": "Prepend", "prepend": "\u2581"},
        {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]}
      """;

  private static final String CUT_AT_BLOCKS_AND_LINES =
      """
      {"type": "Sequence", "pretokenizers": [
        {"type": "Split", "pattern": {"String": "\u2581"}, "behavior": "MergedWithNext",
         "invert": false},
        {"type": "Split", "pattern": {"String": "\\n"}, "behavior": "Isolated", "invert": false}]}
      """;

  private static final String BLANKS_FOR_BLOCKS =
      """
      {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
        {"type": "ByteFallback"},
        {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
      """;

  private final BpeTrainerConfig config;
  private final Map<String, Integer> vocabulary;
  private final List<String> merges;

  TrainedBpe(BpeTrainerConfig config, Map<String, Integer> vocabulary, List<String> merges) {
    this.config = config;
    this.vocabulary = new LinkedHashMap<>(vocabulary);
    this.merges = List.copyOf(merges);
  }

  /** How words are cut before pairs are counted; {@link #json} says the same. */
  static PreTokenizer preTokenizer(Alphabet alphabet) {
    return StepReaders.preTokenizer(field(empty(alphabet)).member("pre_tokenizer"));
  }

  /** How texts are rewritten before they are cut. */
  static UnaryOperator<String> normalizer(Alphabet alphabet) {
    return field(empty(alphabet))
        .optional("normalizer")
        .map(StepReaders::normalizer)
        .orElse(UnaryOperator.identity());
  }

  private static ObjectNode empty(Alphabet alphabet) {
    return object(
        alphabet == Alphabet.BYTES
            ? FRAME.formatted("null", BYTE_LEVEL, BYTE_LEVEL, false)
            : FRAME.formatted(BLOCKS_FOR_BLANKS, CUT_AT_BLOCKS_AND_LINES, BLANKS_FOR_BLOCKS, true));
  }

  private static ObjectNode object(String json) {
    return Json.parse(json, ObjectNode.class, FILE);
  }

  private static JsonField field(ObjectNode node) {
    return new JsonField(Path.of(FILE), "", node);
  }

  /** The merges in the order in which they were found, each with a blank between its sides. */
  public List<String> merges() {
    return merges;
  }

  /** The tokenizer, exactly as it would be read from {@link #write}'s files. */
  public Tokenizer tokenizer() {
    return new TokenizerJson(field(json()), new SpecialTokens(List.of(field(settings())))).read();
  }

  /** Writes {@code tokenizer.json} and {@code tokenizer_config.json} into this folder. */
  public void write(Path folder) {
    Json.write(folder.resolve(FILE), json());
    Json.write(folder.resolve(SpecialTokens.CONFIG), settings());
  }

  private ObjectNode settings() {
    ObjectNode settings = object("{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    settings.put("bos_token", config.bos().isEmpty() ? null : config.bos());
    settings.put("eos_token", config.eos().isEmpty() ? null : config.eos());
    return settings.put("clean_up_tokenization_spaces", false);
  }

  private ObjectNode json() {
    ObjectNode root = empty(config.alphabet());
    for (String special : config.specials()) {
      AddedToken.special(vocabulary.getOrDefault(special, -1), special)
          .writeTo(root.withArray("added_tokens").addObject());
    }
    if (!config.bos().isEmpty()) {
      int id = vocabulary.getOrDefault(config.bos(), -1);
      root.set("post_processor", PostProcessor.startingWith(config.bos(), id));
    }
    ObjectNode vocab = root.withObject("/model/vocab");
    vocabulary.forEach(vocab::put);
    ArrayNode list = root.withArray("/model/merges");
    merges.forEach(list::add);
    return root;
  }
}
