package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.JsonField;

/**
 * A tokenizer as keys of a GGUF file: pieces over bytes go by their merges, pieces over characters
 * by scores, which are the ranks of the merges.
 */
public final class GgufTokenizerKeys {
  /** A score below all merges, for pieces that none makes. */
  private static final float UNMERGED = -1e6f;

  /** The keys that there are for ends: of a text, of a turn, of a message before a tool's. */
  private static final List<String> ENDS =
      List.of(
          "tokenizer.ggml.eos_token_id",
          "tokenizer.ggml.eot_token_id",
          "tokenizer.ggml.eom_token_id");

  private final Path source;
  private final JsonNode root;
  private final SpecialTokens specials;
  private final List<String> tokens;
  private final List<Integer> types;
  private final Map<String, Integer> ids = new HashMap<>();

  private GgufTokenizerKeys(Path source, JsonNode root, SpecialTokens specials, int count) {
    this.source = source;
    this.root = root;
    this.specials = specials;
    tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add("[PAD" + i + "]");
    }
    types = new ArrayList<>(Collections.nCopies(count, number(PieceList.Type.UNUSED)));
  }

  /**
   * Adds the keys of a tokenizer.
   *
   * @param tokenizer a {@code tokenizer.json} of type BPE, or a GGUF file
   * @param count ids of the model
   * @param ends ids that end a text; the first three have keys
   * @throws org.seal4j.data.check.InputException where GGUF has no word for how it cuts texts
   */
  public static void write(Path tokenizer, int count, List<Integer> ends, GgufWriter to) {
    GgufTokenizerKeys keys = read(tokenizer, count);
    keys.readTokens();
    keys.writeModel(to);
    keys.writeRoles(Tokenizers.load(tokenizer), ends, to);
  }

  private static GgufTokenizerKeys read(Path tokenizer, int count) {
    if (GgufHeader.isGguf(tokenizer)) {
      GgufTokenizer carried = new GgufTokenizer(GgufHeader.read(tokenizer));
      JsonField settings = new JsonField(tokenizer, "", carried.settings());
      SpecialTokens specials = new SpecialTokens(List.of(settings));
      return new GgufTokenizerKeys(tokenizer, carried.json(), specials, count);
    }
    Checks.require(
        tokenizer.toString().endsWith(".json"),
        "%s: a GGUF file takes the tokenizer of a tokenizer.json or of another GGUF file",
        tokenizer);
    Path folder =
        Checks.present(tokenizer.toAbsolutePath().getParent(), "%s lies in no folder", tokenizer);
    JsonNode root = Json.read(tokenizer, JsonNode.class);
    return new GgufTokenizerKeys(tokenizer, root, new SpecialTokens(folder), count);
  }

  private static int number(PieceList.Type type) {
    return List.of(PieceList.Type.values()).indexOf(type) + 1;
  }

  private void readTokens() {
    root.path("model").path("vocab").properties().forEach(this::take);
    for (JsonNode added : root.path("added_tokens")) {
      int id = id(added.path("id"));
      String text = added.path("content").asText();
      PieceList.Type special =
          text.equals("<unk>") ? PieceList.Type.UNKNOWN : PieceList.Type.CONTROL;
      tokens.set(id, text);
      types.set(
          id, number(added.path("special").asBoolean() ? special : PieceList.Type.USER_DEFINED));
    }
  }

  private void take(Map.Entry<String, JsonNode> entry) {
    int id = id(entry.getValue());
    tokens.set(id, entry.getKey());
    types.set(
        id, number(Decoders.isByte(entry.getKey()) ? PieceList.Type.BYTE : PieceList.Type.NORMAL));
    ids.put(entry.getKey(), id);
  }

  private int id(JsonNode id) {
    Checks.require(
        id.isIntegralNumber() && id.longValue() >= 0 && id.longValue() < tokens.size(),
        "%s has the id %s but the model's ids are 0 to %d",
        source,
        Shown.text(id),
        tokens.size() - 1);
    return id.intValue();
  }

  private void writeModel(GgufWriter to) {
    boolean pieces = root.path("model").path("byte_fallback").asBoolean();
    List<String> merges = merges();
    to.text(GgufTokenizer.MODEL, pieces ? "llama" : "gpt2");
    to.texts("tokenizer.ggml.tokens", tokens);
    to.integers("tokenizer.ggml.token_type", types);
    if (pieces) {
      to.floats("tokenizer.ggml.scores", scores(merges));
      to.flag("tokenizer.ggml.add_space_prefix", isPrefixed());
      return;
    }
    GgufCut cut =
        GgufCut.of(root.path("pre_tokenizer"), root.path("model").path("ignore_merges").asBoolean())
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s: /pre_tokenizer cuts texts in a way that GGUF files have no word for"
                            + " (tokenizer.ggml.pre); written are those of gpt-2, smollm, qwen2,"
                            + " llama-bpe, smaug-bpe and default",
                        source));
    to.text(GgufCut.KEY, cut.word());
    to.texts("tokenizer.ggml.merges", merges);
  }

  private List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : root.path("model").path("merges")) {
      merges.add(
          merge.isArray() ? merge.path(0).asText() + " " + merge.path(1).asText() : merge.asText());
    }
    return merges;
  }

  /** Whether a blank goes before a text: a normalizer prepends it, or Metaspace does. */
  private boolean isPrefixed() {
    String steps = root.path("normalizer").toString() + root.path("pre_tokenizer");
    return steps.contains("\"Prepend\"")
        || (steps.contains("\"Metaspace\"") && !steps.contains("\"never\""));
  }

  private List<Float> scores(List<String> merges) {
    List<Float> scores = new ArrayList<>(Collections.nCopies(tokens.size(), UNMERGED));
    for (int rank = merges.size() - 1; rank >= 0; rank--) {
      Integer id = ids.get(merges.get(rank).replace(" ", ""));
      if (id != null) {
        scores.set(id, (float) -rank);
      }
    }
    return scores;
  }

  private void writeRoles(Tokenizer tokenizer, List<Integer> ends, GgufWriter to) {
    to.flag("tokenizer.ggml.add_bos_token", tokenizer.bos().isPresent());
    OptionalInt first = tokenizer.bos().isPresent() ? tokenizer.bos() : role("bos_token");
    first.ifPresent(id -> to.number("tokenizer.ggml.bos_token_id", id));
    List<Integer> all = ends.isEmpty() ? tokenizer.eos().stream().boxed().toList() : ends;
    for (int i = 0; i < Math.min(all.size(), ENDS.size()); i++) {
      to.number(ENDS.get(i), all.get(i));
    }
    role("unk_token").ifPresent(id -> to.number("tokenizer.ggml.unknown_token_id", id));
    role("pad_token").ifPresent(id -> to.number("tokenizer.ggml.padding_token_id", id));
  }

  private OptionalInt role(String role) {
    return specials.role(role, vocabulary(), source, OptionalInt.empty());
  }

  private Vocabulary vocabulary() {
    Map<String, Integer> all = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      all.put(tokens.get(id), id);
    }
    return new Vocabulary(all, source);
  }
}
