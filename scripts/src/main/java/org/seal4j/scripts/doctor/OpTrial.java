package org.seal4j.scripts.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.graph.Add;
import org.seal4j.model.graph.CausalAttention;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Embedding;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.MatMul;
import org.seal4j.model.graph.RmsNorm;
import org.seal4j.model.graph.Rope;
import org.seal4j.model.graph.RopeConfig;
import org.seal4j.model.graph.SwiGlu;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;

/**
 * One op of each kind on small random arrays of odd sizes, compared with {@link PlainMaths}: wrong
 * native code, a processor that the build does not fit, or broken memory show here.
 */
final class OpTrial {
  /** Largest difference of float32 from double, relative to the largest expected element. */
  static final double TOLERANCE = 1e-5;

  private final Graph graph = new Graph();
  private final Map<String, INDArray> values = new LinkedHashMap<>();
  private final Rng rng;

  private final Engine engine;

  private OpTrial(String op, Engine engine) {
    this.engine = engine;
    rng = Seeds.of(1).child(op).rng();
  }

  /** The largest relative difference of each op, by its name. */
  static Map<String, Double> all(Engine engine) {
    Map<String, Double> differences = new LinkedHashMap<>();
    differences.put("matrix product", new OpTrial("product", engine).product());
    differences.put("sum", new OpTrial("sum", engine).sum());
    differences.put("embedding", new OpTrial("embedding", engine).embedding());
    differences.put("RMS norm", new OpTrial("norm", engine).norm());
    differences.put("rotary embedding", new OpTrial("rope", engine).rope());
    differences.put("attention", new OpTrial("attention", engine).attention());
    differences.put("SwiGLU", new OpTrial("swiglu", engine).swiGlu());
    differences.put("cross-entropy", new OpTrial("entropy", engine).crossEntropy());
    return differences;
  }

  private double product() {
    float[] a = floats(37 * 53);
    float[] b = floats(53 * 29);
    SDVariable out = MatMul.of(graph, input("a", a, 37, 53), input("b", b, 53, 29), false, false);
    return difference(out, PlainMaths.product(a, b, 53));
  }

  private double sum() {
    float[] a = floats(91);
    float[] b = floats(91);
    double[] expected = new double[91];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (double) a[i] + b[i];
    }
    return difference(Add.of(graph, input("a", a, 7, 13), input("b", b, 7, 13)), expected);
  }

  private double embedding() {
    float[] table = floats(11 * 9);
    int[] ids = {3, 0, 10, 3};
    SDVariable out = Embedding.of(graph, input("table", table, 11, 9), ids("ids", ids));
    return difference(out, PlainMaths.rows(table, ids, 9));
  }

  private double norm() {
    float[] x = floats(5 * 27);
    float[] gain = floats(27);
    SDVariable out = RmsNorm.of(graph, input("x", x, 5, 27), input("gain", gain, 27), 1e-5);
    return difference(out, PlainMaths.rmsNorm(x, gain, 1e-5));
  }

  private double rope() {
    RopeConfig config = new RopeConfig(10, 10000, false);
    float[] x = floats(3 * 20);
    int[] positions = {0, 1, 7};
    SDVariable out = Rope.of(graph, input("x", x, 3, 20), ids("positions", positions), config);
    return difference(out, PlainMaths.rope(x, positions, config.frequencies()));
  }

  private double attention() {
    float[][] qkv = {floats(13 * 40), floats(13 * 20), floats(13 * 20)};
    List<SDVariable> inputs =
        List.of(
            input("query", qkv[0], 13, 40),
            input("key", qkv[1], 13, 20),
            input("value", qkv[2], 13, 20));
    SDVariable out = CausalAttention.of(graph, inputs, new AttentionShape(4, 2, 10), 1);
    return difference(out, PlainMaths.attention(qkv, 4, 2, 10));
  }

  private double swiGlu() {
    float[] gate = floats(77);
    float[] up = floats(77);
    SDVariable out = SwiGlu.of(graph, input("gate", gate, 7, 11), input("up", up, 7, 11));
    return difference(out, PlainMaths.swiGlu(gate, up));
  }

  private double crossEntropy() {
    float[] logits = floats(4 * 19);
    int[] targets = {0, 18, 5, 5};
    float[] weights = {1, 0.5f, 0, 2};
    List<SDVariable> inputs =
        List.of(
            input("logits", logits, 4, 19), ids("targets", targets), input("weights", weights, 4));
    SDVariable loss = CrossEntropy.of(graph, inputs, 1)[0];
    return difference(loss, PlainMaths.crossEntropy(logits, targets, weights));
  }

  private float[] floats(int length) {
    float[] drawn = new float[length];
    for (int i = 0; i < length; i++) {
      drawn[i] = (float) rng.nextGaussian();
    }
    return drawn;
  }

  private SDVariable input(String name, float[] content, long... shape) {
    return input(name, Nd4j.create(content, shape, 'c'));
  }

  private SDVariable ids(String name, int... ids) {
    return input(name, Nd4j.createFromArray(ids));
  }

  private SDVariable input(String name, INDArray value) {
    values.put(name, value);
    return graph.placeholder(name, value.dataType(), value.shape());
  }

  private double difference(SDVariable output, double[] expected) {
    try (Worker worker = new Worker(engine);
        Executable plan = worker.executable(graph, List.of(output))) {
      values.forEach(plan::assign);
      plan.run();
      float[] got = new float[expected.length];
      plan.port(output.name()).get(0, got);
      return relative(got, expected);
    } finally {
      values.values().forEach(INDArray::close);
    }
  }

  /** Infinite where an element is not a number. */
  static double relative(float[] got, double[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double own = Math.abs(got[i] - expected[i]);
      difference = Math.max(difference, Double.isNaN(own) ? Double.POSITIVE_INFINITY : own);
    }
    return difference / largest;
  }
}
