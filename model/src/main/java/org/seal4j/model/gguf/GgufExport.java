package org.seal4j.model.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.json.Json;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * A model of ours as a GGUF file for llama.cpp, with the tokenizer of its {@code tokenizer.json}.
 * Rows of query and key are written as neighbouring planes, in which llama.cpp rotates a llama.
 */
public final class GgufExport {
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;
  private static final int NORMAL = 1;

  /** A score below all merges, for pieces that none makes. */
  private static final float UNMERGED = -1e6f;

  private final GgufWriter file = new GgufWriter();
  private final Path source;
  private final Weights weights;

  private GgufExport(Path source, Weights weights) {
    this.source = source;
    this.weights = weights;
  }

  /**
   * What is written beside the weights.
   *
   * @param source of the model, named in messages
   * @param context tokens of the longest text that it was made for
   * @param endTokens ids that end a text
   * @param tokenizer a {@code tokenizer.json} of type BPE
   */
  public record About(Path source, int context, List<Integer> endTokens, Path tokenizer) {
    public About {
      endTokens = List.copyOf(endTokens);
    }
  }

  /** Writes a model of type llama. */
  public static void write(Weights weights, About about, Path to) {
    ModelConfig config = weights.config();
    Checks.require(
        !config.qkvBias() && config.pairPositions() == 0,
        "%s: only models of type llama are written as GGUF",
        about.source());
    GgufExport export = new GgufExport(about.source(), weights);
    export.sizes(config, about.context());
    export.tokenizer(Json.read(about.tokenizer(), JsonNode.class), about.endTokens());
    export.tensors();
    export.file.write(to);
  }

  private void sizes(ModelConfig c, int context) {
    file.text("general.architecture", "llama");
    file.number("general.file_type", 0);
    file.number("llama.vocab_size", c.vocabSize());
    file.number("llama.context_length", context);
    file.number("llama.embedding_length", c.dim());
    file.number("llama.block_count", c.layers());
    file.number("llama.feed_forward_length", c.ffDim());
    file.number("llama.attention.head_count", c.heads());
    file.number("llama.attention.head_count_kv", c.kvHeads());
    file.number("llama.attention.key_length", c.headSize());
    file.number("llama.attention.value_length", c.headSize());
    file.number("llama.attention.layer_norm_rms_epsilon", (float) c.normEps());
    file.number("llama.rope.dimension_count", c.headSize());
    file.number("llama.rope.freq_base", (float) c.ropeTheta());
  }

  /** Pieces over bytes go by their merges, pieces over characters by scores. */
  private void tokenizer(JsonNode root, List<Integer> endTokens) {
    JsonNode model = root.path("model");
    boolean characters = model.path("byte_fallback").asBoolean();
    int count = weights.config().vocabSize();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add("<unused " + i + ">");
    }
    List<Integer> types = new ArrayList<>(Collections.nCopies(count, CONTROL));
    Map<String, Integer> ids = new HashMap<>();
    model
        .path("vocab")
        .properties()
        .forEach(
            entry -> {
              int id = id(entry.getValue(), count);
              tokens.set(id, entry.getKey());
              types.set(id, entry.getKey().matches("<0x[0-9A-F]{2}>") ? BYTE : NORMAL);
              ids.put(entry.getKey(), id);
            });
    for (JsonNode added : root.path("added_tokens")) {
      int id = id(added.path("id"), count);
      tokens.set(id, added.path("content").asText());
      types.set(id, added.path("content").asText().equals("<unk>") ? UNKNOWN : CONTROL);
    }
    List<String> merges = new ArrayList<>();
    model
        .path("merges")
        .forEach(
            merge ->
                merges.add(
                    merge.isArray()
                        ? merge.path(0).asText() + " " + merge.path(1).asText()
                        : merge.asText()));
    file.text("tokenizer.ggml.model", characters ? "llama" : "gpt2");
    file.texts("tokenizer.ggml.tokens", tokens);
    file.integers("tokenizer.ggml.token_type", types);
    if (characters) {
      file.floats("tokenizer.ggml.scores", scores(merges, ids, count));
    } else {
      file.text("tokenizer.ggml.pre", "gpt-2");
      file.texts("tokenizer.ggml.merges", merges);
    }
    boolean starts = root.path("post_processor").path("special_tokens").properties().size() == 1;
    file.flag("tokenizer.ggml.add_bos_token", starts);
    if (starts) {
      JsonNode first = root.path("post_processor").path("special_tokens").elements().next();
      file.number("tokenizer.ggml.bos_token_id", first.path("ids").path(0).asInt());
    }
    if (!endTokens.isEmpty()) {
      file.number("tokenizer.ggml.eos_token_id", endTokens.get(0));
    }
  }

  private int id(JsonNode id, int count) {
    Checks.require(
        id.isIntegralNumber() && id.longValue() >= 0 && id.longValue() < count,
        "%s: tokenizer.json has id %s but the model's ids are 0 to %d",
        source,
        Shown.text(id),
        count - 1);
    return id.intValue();
  }

  private static List<Float> scores(List<String> merges, Map<String, Integer> ids, int count) {
    List<Float> scores = new ArrayList<>(Collections.nCopies(count, UNMERGED));
    for (int rank = merges.size() - 1; rank >= 0; rank--) {
      Integer id = ids.get(merges.get(rank).replace(" ", ""));
      if (id != null) {
        scores.set(id, (float) -rank);
      }
    }
    return scores;
  }

  private void tensors() {
    ModelConfig c = weights.config();
    weights
        .arrays()
        .forEach(
            (ours, array) -> {
              String name = GgufNames.of(ours);
              boolean turned = name.matches("blk\\.\\d+\\.attn_[qk]\\.weight");
              file.tensor(
                  name,
                  array.shape(),
                  GgufType.F32,
                  turned ? neighbours(array, c.headSize()) : Tensors.bytes(array));
            });
  }

  /** The rows of each head, planes of rotation as neighbours instead of halves. */
  private static ByteBuffer neighbours(INDArray array, int headSize) {
    ByteBuffer from = Tensors.bytes(array);
    int row = Math.toIntExact(Float.BYTES * array.size(1));
    ByteBuffer to = ByteBuffer.allocate(from.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < array.size(0); i++) {
      int head = i / headSize * headSize;
      int within = i % headSize;
      int half = within % 2 * (headSize / 2) + within / 2;
      byte[] bytes = new byte[row];
      from.get((head + half) * row, bytes);
      to.put(i * row, bytes);
    }
    return to;
  }
}
