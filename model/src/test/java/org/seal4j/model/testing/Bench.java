package org.seal4j.model.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.Reshape;

/** A small graph under test with random inputs, drawn from {@code -Dseal.test.seed=...}. */
public final class Bench {
  private static final long SEED = Long.getLong("seal.test.seed", 1L);

  private final Graph graph = new Graph();
  private final Map<String, INDArray> values = new LinkedHashMap<>();
  private final List<SDVariable> wanted = new ArrayList<>();
  private final String title;
  private final Rng rng;

  /** A bench whose random numbers depend on the test's name and sizes. */
  public Bench(String test, Object... sizes) {
    title = test + " " + List.of(sizes) + " with -Dseal.test.seed=" + SEED;
    rng = Seeds.of(SEED).child(test, sizes).rng();
  }

  /** What is tested, and how to repeat it. */
  public String title() {
    return title;
  }

  public Graph graph() {
    return graph;
  }

  public Rng rng() {
    return rng;
  }

  /** Arrays of all placeholders by name. */
  public Map<String, INDArray> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The inputs whose gradients are checked. */
  public List<SDVariable> wanted() {
    return Collections.unmodifiableList(wanted);
  }

  /** A normal random input whose gradient is wanted. */
  public SDVariable floats(String name, long... shape) {
    SDVariable variable = fixed(name, shape);
    wanted.add(variable);
    return variable;
  }

  /** A normal random input whose gradient is not wanted. */
  public SDVariable fixed(String name, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, (float) rng.nextGaussian());
    }
    return input(name, array);
  }

  /** Random ids below {@code bound}. */
  public SDVariable ids(String name, int bound, int count) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = rng.nextInt(bound);
    }
    return ids(name, ids);
  }

  /** Given ids. */
  public SDVariable ids(String name, int... ids) {
    return input(name, Nd4j.createFromArray(ids));
  }

  /** A placeholder with this value; its gradient is not wanted. */
  public SDVariable input(String name, INDArray value) {
    values.put(name, value);
    return graph.placeholder(name, value.dataType(), value.shape());
  }

  /**
   * The sum of all elements of the outputs, each times a random weight: a loss whose gradient by
   * each output is not one.
   */
  public SDVariable weightedSum(SDVariable... outputs) {
    SDVariable sum = null;
    for (int i = 0; i < outputs.length; i++) {
      long n = graph.length(outputs[i]);
      SDVariable weights = fixed("test_weights_" + i, n, 1);
      SDVariable flat = Reshape.of(graph, outputs[i], 1, n);
      SDVariable part = MatMul.of(graph, flat, weights, false, false);
      sum = sum == null ? part : Add.of(graph, sum, part);
    }
    return sum;
  }
}
