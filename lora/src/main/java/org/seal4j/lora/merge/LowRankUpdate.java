package org.seal4j.lora.merge;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/**
 * What adapters add to one weight W {@code [out, in]}: {@code D = scale * sum over k of left_k
 * right_k^T}, in double precision. The whole matrix is never formed. Immutable.
 */
public final class LowRankUpdate {
  private final int out;
  private final int in;
  private final double scale;
  private final double[][] left;
  private final double[][] right;

  /** Takes the arrays: left {@code [r][out]}, right {@code [r][in]}. */
  LowRankUpdate(int out, int in, double scale, double[][] left, double[][] right) {
    this.out = out;
    this.in = in;
    this.scale = scale;
    this.left = left;
    this.right = right;
  }

  /**
   * What one adapter of a bank adds to a module.
   *
   * @param adapter its place in the bank, from 0
   */
  static LowRankUpdate of(AdapterBank bank, String module, int adapter) {
    Factors factors =
        Checks.present(bank.factors().get(module), "the adapter has no module %s", module);
    Tensor a = Tensors.of(factors.a());
    Tensor b = Tensors.of(factors.b());
    int in = a.size(1);
    int rank = a.size(2);
    int out = b.size(2);
    double[][] left = new double[rank][out];
    double[][] right = new double[rank][in];
    for (int k = 0; k < rank; k++) {
      for (int i = 0; i < in; i++) {
        right[k][i] = a.f().get((adapter * in + i) * rank + k);
      }
      for (int o = 0; o < out; o++) {
        left[k][o] = b.f().get((adapter * rank + k) * out + o);
      }
    }
    requireFinite(module, left);
    requireFinite(module, right);
    return new LowRankUpdate(out, in, bank.config().scaling(), left, right);
  }

  private static void requireFinite(String module, double[][] columns) {
    Checks.require(
        Arrays.stream(columns).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite),
        "an adapter is not finite at %s: its training diverged, so it is not merged; lower the"
            + " learning rate",
        module);
  }

  void requireFit(String module, INDArray weight) {
    Checks.require(
        weight.size(0) == out && weight.size(1) == in,
        "an adapter changes %s as a weight [%d, %d], but that of the base is [%d, %d]; it is one of"
            + " another model",
        module,
        out,
        in,
        weight.size(0),
        weight.size(1));
  }

  /** Number of products that are summed: at least the rank of D. */
  public int rank() {
    return left.length;
  }

  /** Numbers that the weight gives. */
  public int out() {
    return out;
  }

  /** Numbers that the weight takes. */
  public int in() {
    return in;
  }

  double scale() {
    return scale;
  }

  double[][] left() {
    return left;
  }

  double[][] right() {
    return right;
  }

  /** The same times a number. */
  public LowRankUpdate times(double factor) {
    return new LowRankUpdate(out, in, scale * factor, left, right);
  }

  /**
   * The sum of updates of one weight, exactly: its products are theirs, one update after the other.
   *
   * @param updates at least one
   */
  public static LowRankUpdate sum(List<LowRankUpdate> updates) {
    LowRankUpdate first = updates.get(0);
    if (updates.size() == 1) {
      return first;
    }
    double scale =
        updates.stream()
            .mapToDouble(LowRankUpdate::scale)
            .filter(s -> s != 0)
            .findFirst()
            .orElse(0);
    List<double[]> left = new ArrayList<>();
    List<double[]> right = new ArrayList<>();
    for (LowRankUpdate update : updates) {
      Checks.require(
          update.out == first.out && update.in == first.in,
          "updates of one weight must have one shape but are [%d, %d] and [%d, %d]",
          first.out,
          first.in,
          update.out,
          update.in);
      if (update.scale != 0) {
        double factor = update.scale / scale;
        Arrays.stream(update.left).map(column -> multiplied(column, factor)).forEach(left::add);
        right.addAll(Arrays.asList(update.right));
      }
    }
    return new LowRankUpdate(
        first.out, first.in, scale, left.toArray(double[][]::new), right.toArray(double[][]::new));
  }

  private static double[] multiplied(double[] column, double factor) {
    return Arrays.stream(column).map(x -> factor * x).toArray();
  }

  /** Its singular values and vectors. */
  public SingularTriplets svd() {
    return SingularTriplets.of(this);
  }

  /** Row {@code o} of D, {@code [in]}: sums run in the order of the products. */
  void row(int o, double[] into) {
    Arrays.fill(into, 0);
    for (int k = 0; k < left.length; k++) {
      double factor = left[k][o];
      double[] column = right[k];
      for (int i = 0; i < in; i++) {
        into[i] += factor * column[i];
      }
    }
    for (int i = 0; i < in; i++) {
      into[i] *= scale;
    }
  }

  /**
   * Writes it as an adapter, rounded to float32; products that the bank has room for besides are
   * zero.
   */
  void writeTo(AdapterBank bank, String module) {
    Factors factors =
        Checks.present(bank.factors().get(module), "the adapter has no module %s", module);
    FloatBuffer a = Tensors.of(factors.a()).f();
    FloatBuffer b = Tensors.of(factors.b()).f();
    int width = bank.config().rank();
    double factor = scale / bank.config().scaling();
    for (int k = 0; k < left.length; k++) {
      for (int i = 0; i < in; i++) {
        a.put(i * width + k, (float) right[k][i]);
      }
      for (int o = 0; o < out; o++) {
        b.put(k * out + o, (float) (factor * left[k][o]));
      }
    }
  }
}
