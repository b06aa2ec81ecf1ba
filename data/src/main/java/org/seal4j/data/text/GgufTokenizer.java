package org.seal4j.data.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonField;

/**
 * The tokenizer that a GGUF file carries: {@code gpt2} (byte-level, with merges) or {@code llama}
 * (SentencePiece, with scores). What is not known of it is refused by the key's name.
 */
public final class GgufTokenizer {
  /** The key without which a file carries no tokenizer. */
  public static final String MODEL = "tokenizer.ggml.model";

  private static final String MERGES = "tokenizer.ggml.merges";
  private static final String TEMPLATE = "tokenizer.chat_template";
  private static final List<String> MODELS = List.of("gpt2", "llama");

  private final GgufKeys keys;
  private final GgufTokens tokens;
  private final boolean pieces;
  private final OptionalInt first;

  /**
   * What this file says.
   *
   * @throws org.seal4j.data.check.InputException naming the key where it is none that is read
   */
  public GgufTokenizer(GgufHeader header) {
    keys = header.keys();
    String model = keys.text(MODEL);
    Checks.require(
        MODELS.contains(model),
        "%s: %s is '%s', which is not supported; supported are %s",
        header.file(),
        MODEL,
        Shown.text(model),
        MODELS);
    tokens = GgufTokens.read(keys);
    pieces = model.equals("llama");
    first = tokens.first(keys, pieces || GgufCut.read(keys).addsBos());
    Checks.require(
        !keys.flag("tokenizer.ggml.add_eos_token", false),
        "%s: tokenizer.ggml.add_eos_token is true, but an end behind every text is not supported",
        header.file());
  }

  /** The tokenizer. */
  public Tokenizer tokenizer() {
    if (pieces) {
      return GgufPieces.read(keys, tokens).tokenizer(first);
    }
    JsonField whole = new JsonField(keys.file(), "tokenizer.ggml: ", byteLevel());
    JsonField settings = new JsonField(keys.file(), "tokenizer.ggml: ", settings());
    return new TokenizerJson(whole, new SpecialTokens(List.of(settings))).read();
  }

  /** The chat template, empty where the file has none. */
  public String template() {
    return keys.text(TEMPLATE, "");
  }

  /** Spellings of special tokens by the names that a chat template knows. */
  public Map<String, String> spellings() {
    return tokens.spellings();
  }

  /**
   * Writes {@code tokenizer.json}, {@code tokenizer_config.json} and, where there is one, {@code
   * chat_template.jinja}: what Hugging Face's library and {@link Tokenizers#load} read.
   */
  public void write(Path folder) {
    Json.write(folder.resolve("tokenizer.json"), json());
    Json.write(folder.resolve(SpecialTokens.CONFIG), settings());
    if (!template().isEmpty()) {
      AtomicFile.writeText(folder.resolve("chat_template.jinja"), template());
    }
  }

  /** The same as {@code tokenizer.json}. */
  ObjectNode json() {
    return pieces ? scored(GgufPieces.read(keys, tokens)) : byteLevel();
  }

  /** The same as {@code tokenizer_config.json}. */
  ObjectNode settings() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("tokenizer_class", "PreTrainedTokenizerFast");
    new TreeMap<>(spellings()).forEach(settings::put);
    return settings.put("clean_up_tokenization_spaces", false);
  }

  private ObjectNode frame() {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    tokens.added().forEach(token -> token.writeTo(added.addObject()));
    root.putNull("normalizer").putNull("pre_tokenizer").putNull("post_processor");
    if (first.isPresent()) {
      String spelling = tokens.texts().get(first.getAsInt());
      root.set("post_processor", PostProcessor.startingWith(spelling, first.getAsInt()));
    }
    ObjectNode model = root.putObject("model").put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", pieces).put("byte_fallback", pieces).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.texts().size(); id++) {
      vocabulary.put(tokens.texts().get(id), id);
    }
    return root;
  }

  private ObjectNode byteLevel() {
    GgufCut cut = GgufCut.read(keys);
    ObjectNode root = frame();
    if (cut.normalizes()) {
      root.putObject("normalizer").put("type", "NFC");
    }
    root.set("pre_tokenizer", cut.steps());
    root.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
    ObjectNode model = root.withObject("/model").put("ignore_merges", cut.ignoresMerges());
    ArrayNode merges = model.putArray("merges");
    keys.texts(MERGES).forEach(merges::add);
    return root;
  }

  private ObjectNode scored(GgufPieces scored) {
    ObjectNode root = frame();
    ArrayNode rewrite =
        root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    if (scored.prefixed()) {
      rewrite.addObject().put("type", "Prepend").put("prepend", PieceList.BLANK);
    }
    replace(rewrite.addObject(), " ", PieceList.BLANK);
    ArrayNode decode = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
    replace(decode.addObject(), PieceList.BLANK, " ");
    decode.addObject().put("type", "ByteFallback");
    decode.addObject().put("type", "Fuse");
    if (scored.prefixed()) {
      ObjectNode strip = decode.addObject().put("type", "Strip").put("content", " ");
      strip.put("start", 1).put("stop", 0);
    }
    ObjectNode model = root.withObject("/model");
    tokens.role("unk_token").ifPresent(id -> model.put("unk_token", tokens.texts().get(id)));
    ArrayNode merges = model.putArray("merges");
    scored.merges().forEach(merges::add);
    return root;
  }

  private static void replace(ObjectNode step, String from, String to) {
    step.put("type", "Replace").putObject("pattern").put("String", from);
    step.put("content", to);
  }
}
