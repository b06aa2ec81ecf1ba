package org.seal4j.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/**
 * The float32 arrays of one model by name. Owner of their off-heap memory: graphs and plans only
 * borrow it, so one set serves training, many inner loops and generation.
 */
public final class Weights implements AutoCloseable {
  private final ModelConfig config;
  private final Map<String, INDArray> arrays;

  private Weights(ModelConfig config, Map<String, INDArray> arrays) {
    this.config = config;
    this.arrays = arrays;
  }

  /** Zero weights of the right names and shapes, to be filled by a reader. */
  public static Weights zeros(ModelConfig config) {
    MemoryNeed.ofWeights(config).require("the model's weights"); // ND4J would fail half-way
    Map<String, long[]> shapes = WeightNames.shapes(config);
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> arrays.put(name, Tensors.zeros(shape)));
    return new Weights(config, arrays);
  }

  /** Weights as a reader leaves them; closed where it fails. */
  public static Weights filled(ModelConfig config, Consumer<Weights> reader) {
    Weights weights = zeros(config);
    try {
      reader.accept(weights);
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /**
   * Random weights: normal with deviation {@code 1/sqrt(in)} for linears (times {@code
   * residualScale} for those that write into the residual stream), {@code embeddingStd} for
   * embeddings, ones for norms, zeros for biases. Each array draws from its own named seed.
   */
  public static Weights random(
      ModelConfig config, double embeddingStd, double residualScale, Seeds seeds) {
    Weights weights = zeros(config);
    weights.arrays.forEach(
        (name, array) -> {
          if (name.contains("norm")) {
            array.assign(1.0);
          } else if (!name.endsWith(".bias")) {
            double std = 1 / Math.sqrt((double) array.size(array.rank() - 1));
            if (name.contains("embed")) {
              std = embeddingStd;
            } else if (name.contains("o_proj") || name.contains("down_proj")) {
              std *= residualScale;
            }
            fillNormal(array, std, seeds.child("weights", name).rng());
          }
        });
    return weights;
  }

  private static void fillNormal(INDArray array, double std, Rng rng) {
    Tensor tensor = Tensors.of(array);
    for (int i = 0; i < tensor.length(); i++) {
      tensor.f().put(i, (float) (std * rng.nextGaussian()));
    }
  }

  /** The sizes these weights belong to. */
  public ModelConfig config() {
    return config;
  }

  /**
   * The array of this name. It is written with {@link #assign}, since ND4J's own {@code assign}
   * checks no shape.
   */
  public INDArray get(String name) {
    Checks.require(!arrays.isEmpty(), "the weights are closed, so that %s cannot be had", name);
    return Nearest.get(arrays, name, "the model has no weight");
  }

  /**
   * Overwrites one array.
   *
   * @param values of the same type and shape; they are copied
   */
  public void assign(String name, INDArray values) {
    ArrayForm.assign(name, get(name), values);
  }

  /** Whether there is a weight of this name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** All arrays by name, in the order of the forward pass. */
  public Map<String, INDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** Number of parameters. */
  public long parameterCount() {
    return arrays.values().stream().mapToLong(INDArray::length).sum();
  }

  /** A deep copy with memory of its own. */
  public Weights copy() {
    return withConfig(config);
  }

  /** A deep copy for a model of the same names and shapes but other arithmetic. */
  public Weights withConfig(ModelConfig other) {
    return filled(other, weights -> weights.copyFrom(this));
  }

  /** Overwrites every array with the one of the same name and shape in {@code other}. */
  public void copyFrom(Weights other) {
    other.arrays.keySet().forEach(this::get);
    arrays.forEach((name, array) -> ArrayForm.requireSame(name, array, other.get(name)));
    arrays.forEach((name, array) -> assign(name, other.get(name)));
  }

  /** SHA-256 over names, shapes and bytes: equal hashes mean bit-equal weights. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      arrays.forEach(
          (name, array) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(Arrays.toString(array.shape()).getBytes(StandardCharsets.UTF_8));
            digest.update(Tensors.bytes(array));
          });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public void close() {
    arrays.values().forEach(INDArray::close);
    arrays.clear();
  }
}
