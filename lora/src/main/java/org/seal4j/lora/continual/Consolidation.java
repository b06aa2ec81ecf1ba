package org.seal4j.lora.continual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017) in its online form (Schwarz et al. 2018),
 * in weight space, through the adapter: with {@code D = s A B} what an adapter adds to a matrix
 * {@code W^T}, each step adds
 *
 * <pre>{@code
 * P = weight / 2 * sum over modules and i, o of F_oi D_io^2
 * dP/dA = s G B^T,  dP/dB = s A^T G,  with G_io = weight F_oi D_io
 * }</pre>
 *
 * <p>It is zero where the adapter is. After an adapter is merged its own texts' Fisher information
 * is added to {@code F} and the merged weights are what the next one is held to; so one sum stands
 * for all that came before. A diagonal over A and B would mean nothing here, since each adapter
 * begins with other random A.
 */
public final class Consolidation implements Penalty {
  private final double weight;
  private final Map<String, float[]> fisher = new LinkedHashMap<>();

  /**
   * @param weight factor on the penalty, above 0
   */
  public Consolidation(double weight) {
    Checks.require(weight > 0, "the weight of EWC must be > 0 but was %s", weight);
    this.weight = weight;
  }

  /** From now on these weights matter too. */
  public void protect(Map<String, float[]> more) {
    more.forEach(
        (module, values) -> {
          float[] sum = fisher.computeIfAbsent(module, m -> new float[values.length]);
          requireLength(module, values, sum.length);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i];
          }
        });
  }

  private static void requireLength(String module, float[] values, int expected) {
    Checks.require(
        values.length == expected,
        "%s has %d weights but its Fisher information has %d numbers",
        module,
        expected,
        values.length);
  }

  @Override
  public double add(int step, AdapterBank bank, List<Tensor> gradients) {
    double scaling = bank.config().scaling();
    double total = 0;
    List<AdapterBank.Factors> factors = new ArrayList<>(bank.factors().values());
    List<String> modules = new ArrayList<>(bank.factors().keySet());
    for (int m = 0; m < modules.size(); m++) {
      float[] f = fisher.get(modules.get(m));
      if (f != null) {
        Tensor a = Tensors.of(factors.get(m).a());
        Tensor b = Tensors.of(factors.get(m).b());
        requireLength(modules.get(m), f, a.size(1) * b.size(2));
        total +=
            module(new Matrices(a, b, f), scaling, gradients.get(2 * m), gradients.get(2 * m + 1));
      }
    }
    return weight / 2 * total;
  }

  /** A {@code [in, r]}, B {@code [r, out]} and F {@code [out, in]} of one module. */
  @SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
  private record Matrices(Tensor a, Tensor b, float[] fisher) {}

  private double module(Matrices x, double scaling, Tensor da, Tensor db) {
    int in = x.a.size(1);
    int rank = x.a.size(2);
    int out = x.b.size(2);
    float[] a = floats(x.a, in * rank);
    float[] b = floats(x.b, rank * out);
    double[] gradientB = new double[rank * out];
    double[] gradientA = new double[rank];
    double total = 0;
    for (int i = 0; i < in; i++) {
      java.util.Arrays.fill(gradientA, 0);
      for (int o = 0; o < out; o++) {
        double delta = 0;
        for (int r = 0; r < rank; r++) {
          delta += a[i * rank + r] * b[r * out + o];
        }
        delta *= scaling;
        double g = weight * x.fisher[o * in + i] * delta;
        total += x.fisher[o * in + i] * delta * delta;
        for (int r = 0; r < rank; r++) {
          gradientA[r] += g * b[r * out + o];
          gradientB[r * out + o] += g * a[i * rank + r];
        }
      }
      for (int r = 0; r < rank; r++) {
        add(da, i * rank + r, scaling * gradientA[r]);
      }
    }
    for (int j = 0; j < gradientB.length; j++) {
      add(db, j, scaling * gradientB[j]);
    }
    return total;
  }

  private static float[] floats(Tensor tensor, int length) {
    float[] values = new float[length];
    tensor.f().get(0, values);
    return values;
  }

  private static void add(Tensor sum, int at, double value) {
    sum.f().put(at, (float) (sum.f().get(at) + value));
  }
}
