package org.seal4j.lora;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/** Models of odd sizes with grouped heads and biases, and banks whose B is not zero. */
public final class TinyModels {
  public static final ModelConfig CONFIG = config(false);
  private static final int BATCH = 2;
  private static final int TIME = 7;

  private TinyModels() {}

  private static ModelConfig config(boolean tied) {
    return new ModelConfig(13, 12, 2, 4, 2, 6, 19, 1e-5, 100, false, tied, true, 0);
  }

  public static Weights weights(long seed) {
    return Weights.random(CONFIG, 0.5, 1, Seeds.of(seed));
  }

  public static Weights tiedWeights(long seed) {
    return Weights.random(config(true), 0.5, 1, Seeds.of(seed));
  }

  /** Adapters as after training: B drawn as widely as A. */
  public static AdapterBank noisyBank(int size, LoraConfig lora, Seeds seeds) {
    AdapterBank bank = new AdapterBank(size, CONFIG, lora);
    for (int i = 0; i < size; i++) {
      bank.initialise(i, seeds.child("adapter", i));
    }
    Rng rng = seeds.child("b").rng();
    for (Factors f : bank.factors().values()) {
      FloatBuffer b = Tensors.of(f.b()).f();
      for (int i = 0; i < b.capacity(); i++) {
        b.put(i, (float) (0.3 * rng.nextGaussian()));
      }
    }
    return bank;
  }

  /** One adapter of a bank as a bank of its own, to be used once. */
  public static Adapted single(AdapterBank bank, int adapter) {
    Map<String, Factors> one = new LinkedHashMap<>();
    bank.factors()
        .forEach(
            (module, f) -> one.put(module, new Factors(at(f.a(), adapter), at(f.b(), adapter))));
    return new Adapted(bank.config(), one);
  }

  /** An adapter's factors with its arithmetic. */
  public record Adapted(LoraConfig config, Map<String, Factors> factors) {}

  private static INDArray at(INDArray array, int adapter) {
    return array
        .get(NDArrayIndex.interval(adapter, adapter + 1), NDArrayIndex.all(), NDArrayIndex.all())
        .dup('c');
  }

  /** Logits of fixed random tokens, with an adapter or without. */
  public static float[] logits(Weights weights, @Nullable Adapted adapted) {
    Graph graph = new Graph();
    LmInputs inputs = LmInputs.declare(graph, weights.config(), BATCH * TIME);
    CausalLm lm =
        adapted == null
            ? CausalLm.of(graph, weights, name -> false)
            : CausalLm.frozen(
                graph,
                weights,
                new LoraLinear(graph, weights, adapted.config, adapted.factors, 1, false));
    SDVariable logits = lm.logits(inputs, CausalLm.fullAttention(graph, weights.config(), BATCH));
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(logits), worker)) {
      Rng rng = Seeds.of(99).rng();
      for (int i = 0; i < BATCH * TIME; i++) {
        plan.array(LmInputs.IDS).putScalar(i, rng.nextInt(CONFIG.vocabSize()));
        plan.array(LmInputs.POSITIONS).putScalar(i, i % TIME);
      }
      plan.run();
      return plan.array("logits").dup().reshape(-1).toFloatVector();
    }
  }

  /** All bits of an adapter. */
  public static byte[] bytes(Adapted adapter) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    adapter
        .factors
        .values()
        .forEach(
            f -> {
              write(f.a(), all);
              write(f.b(), all);
            });
    return all.toByteArray();
  }

  private static void write(INDArray array, ByteArrayOutputStream into) {
    ByteBuffer memory = Tensors.bytes(array);
    byte[] bytes = new byte[memory.remaining()];
    memory.get(bytes);
    into.writeBytes(bytes);
  }

  public static double largestDifference(float[] a, float[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs((double) a[i] - b[i]));
    }
    return worst;
  }
}
