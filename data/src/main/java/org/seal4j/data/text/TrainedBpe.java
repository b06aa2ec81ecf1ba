package org.seal4j.data.text;

import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BLANK = PieceList.BLANK;
  private static final String FILE = "tokenizer.json";

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
    return StepReaders.preTokenizers().read(field(preTokenizerJson(alphabet)));
  }

  /** How texts are rewritten before they are cut. */
  static UnaryOperator<String> normalizer(Alphabet alphabet) {
    return alphabet == Alphabet.BYTES
        ? UnaryOperator.identity()
        : StepReaders.normalizers().read(field(normalizerJson()));
  }

  private static JsonField field(ObjectNode step) {
    return new JsonField(Path.of(FILE), "", step);
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
    ObjectNode settings = MAPPER.createObjectNode();
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    settings.put("bos_token", config.bos().isEmpty() ? null : config.bos());
    settings.put("eos_token", config.eos().isEmpty() ? null : config.eos());
    return settings.put("clean_up_tokenization_spaces", false);
  }

  private ObjectNode json() {
    boolean bytes = config.alphabet() == Alphabet.BYTES;
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (String special : config.specials()) {
      ObjectNode token = added.addObject().put("id", vocabulary.get(special));
      token.put("content", special).put("single_word", false).put("lstrip", false);
      token.put("rstrip", false).put("normalized", false).put("special", true);
    }
    root.set("normalizer", bytes ? null : normalizerJson());
    root.set("pre_tokenizer", preTokenizerJson(config.alphabet()));
    root.set("post_processor", config.bos().isEmpty() ? null : template());
    root.set("decoder", bytes ? byteLevel() : characterDecoder());
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", !bytes);
    model.put("ignore_merges", false);
    ObjectNode vocab = model.putObject("vocab");
    vocabulary.forEach(vocab::put);
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
    return root;
  }

  private static ObjectNode step(String type) {
    return MAPPER.createObjectNode().put("type", type);
  }

  private static ObjectNode byteLevel() {
    ObjectNode step = step("ByteLevel").put("add_prefix_space", false);
    return step.put("trim_offsets", true).put("use_regex", true);
  }

  private static ObjectNode literal(ObjectNode step, String text) {
    step.putObject("pattern").put("String", text);
    return step;
  }

  private static ObjectNode normalizerJson() {
    ObjectNode all = step("Sequence");
    all.putArray("normalizers")
        .add(step("Prepend").put("prepend", BLANK))
        .add(literal(step("Replace"), " ").put("content", BLANK));
    return all;
  }

  private static ObjectNode preTokenizerJson(Alphabet alphabet) {
    if (alphabet == Alphabet.BYTES) {
      return byteLevel();
    }
    ObjectNode all = step("Sequence");
    all.putArray("pretokenizers")
        .add(literal(step("Split"), BLANK).put("behavior", "MergedWithNext").put("invert", false))
        .add(literal(step("Split"), "\n").put("behavior", "Isolated").put("invert", false));
    return all;
  }

  private static ObjectNode characterDecoder() {
    ObjectNode all = step("Sequence");
    all.putArray("decoders")
        .add(literal(step("Replace"), BLANK).put("content", " "))
        .add(step("ByteFallback"))
        .add(step("Fuse"))
        .add(step("Strip").put("content", " ").put("start", 1).put("stop", 0));
    return all;
  }

  private ObjectNode template() {
    ObjectNode template = step("TemplateProcessing");
    ArrayNode single = template.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", config.bos()).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = template.putArray("pair");
    single.forEach(pair::add);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode token = template.putObject("special_tokens").putObject(config.bos());
    token.put("id", config.bos()).putArray("ids").add(vocabulary.get(config.bos()));
    token.putArray("tokens").add(config.bos());
    return template;
  }
}
