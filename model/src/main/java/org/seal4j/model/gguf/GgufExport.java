package org.seal4j.model.gguf;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.data.text.GgufTokenizerKeys;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeConfig;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.plan.Tensors;

/**
 * A model of ours as a GGUF file for llama.cpp, with its tokenizer and chat template. Rows of query
 * and key are written as neighbouring planes, in which llama.cpp rotates a llama and a smollm3.
 */
public final class GgufExport {
  /** What {@code general.file_type} says of the types that are written. */
  private static final Map<GgufType, Integer> FILE_TYPES =
      Map.of(GgufType.F32, 0, GgufType.F16, 1, GgufType.Q4_0, 2, GgufType.Q8_0, 7);

  private final GgufWriter file = new GgufWriter();
  private final Weights weights;
  private final About about;
  private final GgufFamily family;

  /**
   * What is written beside the weights.
   *
   * @param source of the model, named in messages
   * @param context tokens of the longest text that it was made for
   * @param endTokens ids that end a text
   * @param tokenizer a {@code tokenizer.json} of type BPE, or a GGUF file; its chat template too is
   *     written
   * @param type of the linears: F32, F16, Q8_0 or Q4_0. Norms and biases stay F32, the embedding
   *     and the head are Q8_0 where linears are Q4_0, rows that no block divides F16
   */
  public record About(
      Path source, int context, List<Integer> endTokens, Path tokenizer, GgufType type) {
    public About {
      endTokens = List.copyOf(endTokens);
      Checks.require(
          FILE_TYPES.containsKey(type), "tensors of type %s are not written as GGUF", type);
    }
  }

  private GgufExport(Weights weights, About about) {
    this.weights = weights;
    this.about = about;
    family = GgufFamily.of(weights.config());
  }

  /**
   * Writes a model in one step.
   *
   * @throws org.seal4j.data.check.InputException where GGUF has no word for what it is
   */
  public static void write(Weights weights, About about, Path to) {
    ModelConfig config = weights.config();
    Checks.require(
        config.pairPositions() == 0 && !config.ropeInterleaved(),
        "%s: a model with pair positions or interleaved rotation has no GGUF form",
        about.source());
    GgufExport export = new GgufExport(weights, about);
    export.sizes(config);
    GgufTokenizerKeys.write(about.tokenizer(), config.vocabSize(), about.endTokens(), export.file);
    ChatTemplate.text(about.tokenizer())
        .ifPresent(text -> export.file.text("tokenizer.chat_template", text));
    export.tensors();
    export.file.write(to);
  }

  private void sizes(ModelConfig c) {
    String at = family.word() + ".";
    file.text("general.architecture", family.word());
    file.text("general.type", "model");
    file.number("general.file_type", FILE_TYPES.getOrDefault(about.type(), 0));
    if (about.type().blockValues() > 1) {
      file.number("general.quantization_version", 2);
    }
    file.number(at + "vocab_size", c.vocabSize());
    file.number(at + "context_length", about.context());
    file.number(at + "embedding_length", c.dim());
    file.number(at + "block_count", c.layers());
    file.number(at + "feed_forward_length", c.ffDim());
    file.number(at + "attention.head_count", c.heads());
    file.number(at + "attention.head_count_kv", c.kvHeads());
    file.number(at + "attention.key_length", c.headSize());
    file.number(at + "attention.value_length", c.headSize());
    file.number(at + "attention.layer_norm_rms_epsilon", (float) c.normEps());
    file.number(at + "rope.dimension_count", c.headSize());
    file.number(at + "rope.freq_base", (float) c.ropeTheta());
    scaling(at, c);
    GgufForm.of(family, c).write(c.form(), file);
  }

  /** The scaling of Llama 3 is a tensor of factors. */
  private void scaling(String at, ModelConfig c) {
    RopeScaling scaling = c.ropeScaling();
    if (scaling.kind() == RopeScaling.Kind.LINEAR) {
      file.text(at + "rope.scaling.type", "linear");
      file.number(at + "rope.scaling.factor", (float) scaling.factor());
    } else if (scaling.kind() == RopeScaling.Kind.LLAMA3) {
      Checks.require(
          family.takesRopeFactors(),
          "%s: frequencies that are scaled as Llama 3's have no GGUF form for %s; llama.cpp reads"
              + " them for llama alone",
          about.source(),
          family.word());
      file.number(at + "rope.scaling.original_context_length", scaling.originalContext());
      float[] plain = new RopeConfig(c.headSize(), c.ropeTheta(), false).frequencies();
      float[] scaled = c.rope().frequencies();
      float[] factors = new float[plain.length];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = plain[i] / scaled[i];
      }
      file.tensor(
          GgufNames.ROPE_FACTORS,
          new long[] {factors.length},
          GgufType.F32,
          () -> BlockEncoder.encode(FloatBuffer.wrap(factors), GgufType.F32));
    }
  }

  private void tensors() {
    ModelConfig c = weights.config();
    weights
        .arrays()
        .forEach(
            (ours, array) -> {
              String name = GgufNames.of(ours, c.form());
              boolean turned =
                  family.turnsRows() && name.matches("blk\\.\\d+\\.attn_[qk]\\.weight");
              GgufType type = type(name, array);
              file.tensor(
                  name,
                  array.shape(),
                  type,
                  () ->
                      BlockEncoder.encode(
                          turned
                              ? RopePlanes.neighbours(array, c.headSize())
                              : Tensors.of(array).f(),
                          type));
            });
  }

  private GgufType type(String name, INDArray array) {
    if (array.rank() == 1) {
      return GgufType.F32;
    }
    boolean table = name.equals(GgufNames.EMBEDDING) || name.equals(GgufNames.HEAD);
    GgufType wished = table && about.type() == GgufType.Q4_0 ? GgufType.Q8_0 : about.type();
    return array.size(1) % wished.blockValues() == 0 ? wished : GgufType.F16;
  }
}
