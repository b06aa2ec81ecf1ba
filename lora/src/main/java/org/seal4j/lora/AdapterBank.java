package org.seal4j.lora;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.plan.Tensors;

/**
 * n adapters of one configuration in one batch: for every targeted module A {@code [n, in, r]} and
 * B {@code [n, r, out]} (the transposes of PEFT's A and B). Owner of its memory.
 */
public final class AdapterBank implements AutoCloseable {
  private final LoraConfig config;
  private final int size;
  private final Map<String, Factors> factors = new LinkedHashMap<>();

  /**
   * The two factors of one module for all adapters.
   *
   * @param a {@code [n, in, r]}
   * @param b {@code [n, r, out]}
   */
  public record Factors(INDArray a, INDArray b) {
    /** Refuses factors that are not those of so many adapters for a weight {@code [out, in]}. */
    public void requireFit(String module, int adapters, long out, long in) {
      long rank = a.rank() == 3 ? a.size(2) : 0;
      Checks.require(
          Arrays.equals(a.shape(), new long[] {adapters, in, rank})
              && Arrays.equals(b.shape(), new long[] {adapters, rank, out}),
          "%s takes %d numbers and gives %d, so its factors for %d adapters must be [%d, %d, r]"
              + " and [%d, r, %d] but are %s and %s",
          module,
          in,
          out,
          adapters,
          adapters,
          in,
          adapters,
          out,
          ArrayForm.of(a),
          ArrayForm.of(b));
    }
  }

  /** A bank of adapters that do nothing yet: A and B are zero. */
  public AdapterBank(int size, ModelConfig model, LoraConfig config) {
    Checks.require(size >= 1, "an adapter bank needs at least one adapter but got %d", size);
    this.size = size;
    this.config = config;
    memory(size, model, config)
        .require("%,d adapters of rank %,d would".formatted(size, config.rank()));
    config
        .targetModules()
        .resolve(model)
        .forEach(
            (module, shape) ->
                factors.put(
                    module,
                    new Factors(
                        Tensors.zeros(size, shape[1], config.rank()),
                        Tensors.zeros(size, config.rank(), shape[0]))));
  }

  /** The memory of the two factors of every module for so many adapters. */
  public static MemoryNeed memory(int size, ModelConfig model, LoraConfig config) {
    double sides =
        config.targetModules().resolve(model).values().stream()
            .mapToDouble(shape -> (double) shape[0] + shape[1])
            .sum();
    return new MemoryNeed(Float.BYTES * sides * config.rank() * size);
  }

  /** Number of adapters n. */
  public int size() {
    return size;
  }

  public LoraConfig config() {
    return config;
  }

  /** The factors by module, in the order of the forward pass. */
  public Map<String, Factors> factors() {
    return Collections.unmodifiableMap(factors);
  }

  /** A and B of every module, by the names that checkpoints have for them. */
  public Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    factors.forEach(
        (module, f) -> {
          arrays.put("lora/" + module + "/A", f.a());
          arrays.put("lora/" + module + "/B", f.b());
        });
    return arrays;
  }

  /** Refuses a place that the bank does not have. */
  public void requireAdapter(int adapter) {
    Checks.require(
        adapter >= 0 && adapter < size, "there is no adapter %d in a bank of %d", adapter, size);
  }

  /** Whether a module has an adapter. */
  public boolean targets(String module) {
    return factors.containsKey(module);
  }

  /**
   * Draws a fresh adapter as PEFT does: A Kaiming-uniform with a = sqrt(5), which is uniform in
   * {@code [-1/sqrt(in), 1/sqrt(in))}; B zero. It depends on the seeds alone, not on its place in
   * the bank.
   */
  public void initialise(int adapter, Seeds seeds) {
    requireAdapter(adapter);
    factors.forEach(
        (module, f) -> {
          Rng rng = seeds.child("lora", module).rng();
          int in = Math.toIntExact(f.a.size(1));
          int rank = config.rank();
          double bound = 1 / Math.sqrt(in);
          FloatBuffer a = Tensors.of(f.a).f();
          int at = adapter * in * rank;
          for (int r = 0; r < rank; r++) {
            for (int i = 0; i < in; i++) {
              a.put(at + i * rank + r, (float) ((2 * rng.nextDouble() - 1) * bound));
            }
          }
          FloatBuffer b = Tensors.of(f.b).f();
          int length = Math.toIntExact(f.b.length() / size);
          for (int i = adapter * length; i < (adapter + 1) * length; i++) {
            b.put(i, 0f);
          }
        });
  }

  /** The first {@code count} adapters as views of the same memory. */
  public Map<String, Factors> prefix(int count) {
    requireAdapter(count - 1);
    Map<String, Factors> views = new LinkedHashMap<>();
    factors.forEach(
        (module, f) -> views.put(module, new Factors(first(f.a, count), first(f.b, count))));
    return views;
  }

  private INDArray first(INDArray array, int count) {
    return count == size
        ? array
        : array.get(NDArrayIndex.interval(0, count), NDArrayIndex.all(), NDArrayIndex.all());
  }

  @Override
  public void close() {
    factors
        .values()
        .forEach(
            f -> {
              f.a.close();
              f.b.close();
            });
    factors.clear();
  }
}
