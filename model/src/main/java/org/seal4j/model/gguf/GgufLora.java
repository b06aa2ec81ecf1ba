package org.seal4j.model.gguf;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.WeightNames;
import org.seal4j.model.plan.Tensors;

/**
 * The factors of a LoRA adapter in a GGUF file of llama.cpp ({@code general.type} adapter, layout
 * of its {@code src/llama-adapter.cpp} at 0650ea8c): for each linear of the base {@code
 * NAME.lora_a} and {@code NAME.lora_b}, and one alpha for all. The scaling of a linear is {@code
 * alpha / rank}, 1 where alpha is 0. For a llama and a smollm3 the rows of B of query and key are
 * neighbouring planes, as those of the base are.
 */
public final class GgufLora implements AutoCloseable {
  static final String TYPE = "general.type";
  static final String ADAPTER = "adapter";
  static final String KIND = "adapter.type";
  static final String ALPHA = "adapter.lora.alpha";
  static final String A = ".lora_a";
  static final String B = ".lora_b";

  private static final Set<GgufType> WRITTEN = Set.of(GgufType.F32, GgufType.F16);

  private final double alpha;
  private final Map<String, Factors> factors;

  /**
   * The two factors of one module.
   *
   * @param a {@code [r, in]}
   * @param b {@code [out, r]}
   */
  public record Factors(INDArray a, INDArray b) {}

  /**
   * @param alpha numerator of all scalings; 0 where they are 1
   * @param factors by module, such as {@code model.layers.0.self_attn.q_proj}; closed with this
   */
  public GgufLora(double alpha, Map<String, Factors> factors) {
    this.alpha = alpha;
    this.factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /**
   * Reads an adapter of this base, as float32.
   *
   * @throws org.seal4j.data.check.InputException naming file, key or tensor where anything does not
   *     fit, or where the adapter belongs to another base
   */
  public static GgufLora read(Path file, ModelConfig base) {
    return new GgufLoraReader(file, base).read();
  }

  /** Whether a file says that it is an adapter. */
  public static boolean isAdapter(GgufHeader header) {
    return header.keys().has(TYPE) && header.keys().text(TYPE).equals(ADAPTER);
  }

  /** What the header of an adapter's file says, for those who do not have its base. */
  public static Outline outline(GgufHeader header) {
    List<GgufTensor> a =
        header.tensors().values().stream().filter(one -> one.name().endsWith(A)).toList();
    Checks.require(
        !a.isEmpty(), "%s has no tensor that ends with %s, so it is no adapter", header.file(), A);
    return new Outline(
        header.keys().number(ALPHA, 0),
        Math.toIntExact(a.stream().mapToLong(one -> one.shape()[0]).max().orElse(0)),
        a.size(),
        header.tensors().values().stream().mapToLong(GgufTensor::length).sum());
  }

  /**
   * An adapter in figures.
   *
   * @param alpha numerator of all scalings; 0 where they are 1
   * @param rank the largest
   * @param modules that have factors
   * @param parameters numbers in all factors
   */
  public record Outline(double alpha, int rank, int modules, long parameters) {}

  /** Numerator of all scalings; 0 where they are 1. */
  public double alpha() {
    return alpha;
  }

  /** The factors by module, in the order of the forward pass. */
  public Map<String, Factors> factors() {
    return factors;
  }

  /**
   * Writes the file in one step.
   *
   * @param base whose adapter this is
   * @param type of the tensors, F32 or F16
   * @throws org.seal4j.data.check.InputException where GGUF has no word for the adapter
   */
  public void write(ModelConfig base, GgufType type, Path to) {
    Checks.require(
        WRITTEN.contains(type),
        "an adapter as GGUF is of type F32 or F16, but %s was asked for",
        type);
    Checks.require(
        base.pairPositions() == 0,
        "a model with %d learned pair positions has no GGUF form, and neither have its adapters",
        base.pairPositions());
    Checks.require(
        !(base.tiedHead() && factors.containsKey(WeightNames.HEAD)),
        "the adapter of %s has no GGUF form: the head of this model is its embedding, and a GGUF"
            + " file of it has no tensor %s",
        WeightNames.HEAD,
        GgufNames.HEAD);
    GgufWriter file = new GgufWriter();
    file.text("general.architecture", GgufFamily.of(base).word());
    file.text(TYPE, ADAPTER);
    file.text(KIND, "lora");
    file.number("general.file_type", type == GgufType.F32 ? 0 : 1);
    file.number(ALPHA, (float) alpha);
    factors.forEach(
        (module, f) -> {
          String name = GgufNames.of(module + ".weight", base.form());
          tensor(file, name + A, f.a(), Tensors.of(f.a()).f(), type);
          boolean turned = isTurned(base, module);
          FloatBuffer b =
              turned ? RopePlanes.neighbours(f.b(), base.headSize()) : Tensors.of(f.b()).f();
          tensor(file, name + B, f.b(), b, type);
        });
    file.write(to);
  }

  private static void tensor(
      GgufWriter file, String name, INDArray array, FloatBuffer values, GgufType type) {
    file.tensor(name, array.shape(), type, () -> BlockEncoder.encode(values, type));
  }

  /** Whether the rows of a module's B stand in another order in a file. */
  static boolean isTurned(ModelConfig base, String module) {
    return GgufFamily.of(base).turnsRows()
        && !base.ropeInterleaved()
        && module.matches(".*\\.self_attn\\.[qk]_proj");
  }

  @Override
  public void close() {
    factors
        .values()
        .forEach(
            f -> {
              f.a().close();
              f.b().close();
            });
  }
}
