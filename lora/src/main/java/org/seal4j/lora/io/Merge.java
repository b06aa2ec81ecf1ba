package org.seal4j.lora.io;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/** Adds an adapter to the weights it was trained on, so that it costs nothing from then on. */
public final class Merge {
  private Merge() {}

  /**
   * Adds {@code scaling * (A B)^T} to every targeted weight {@code [out, in]}, in place. Sums run
   * in double in order of the rank and are rounded once.
   *
   * @param adapter its place in the bank, from 0
   * @return the merge, which can be undone; close it to keep the merged weights and free the rest
   * @throws org.seal4j.data.check.InputException before anything is touched, when the adapter is
   *     not finite or targets a tied head
   */
  public static MergedAdapter merge(Weights weights, AdapterBank bank, int adapter) {
    return merge(weights, bank, adapter, 1);
  }

  /**
   * As {@link #merge(Weights, AdapterBank, int)}, for a part of the adapter.
   *
   * @param scale factor on what is added, finite: 1 adds all of it
   */
  public static MergedAdapter merge(Weights weights, AdapterBank bank, int adapter, double scale) {
    Checks.require(Double.isFinite(scale), "the scale of a merge must be finite but was %s", scale);
    requireMergeable(weights, bank, adapter);
    MergedAdapter merged = MergedAdapter.remembering(weights, bank.factors().keySet());
    double scaling = scale * bank.config().scaling();
    bank.factors()
        .forEach((module, f) -> add(weights.get(module + ".weight"), f, adapter, scaling));
    return merged;
  }

  /**
   * Refuses an adapter that cannot be added to these weights.
   *
   * @throws org.seal4j.data.check.InputException when it is not finite, targets a tied head or does
   *     not fit
   */
  public static void requireMergeable(Weights weights, AdapterBank bank, int adapter) {
    bank.requireAdapter(adapter);
    Checks.require(
        !(weights.config().tiedHead() && bank.targets(WeightNames.HEAD)),
        "an adapter of %s cannot be merged into a model with a tied head, since that would change"
            + " the embedding too; target all-linear without the head, or untie it",
        WeightNames.HEAD);
    bank.factors()
        .forEach(
            (module, f) -> {
              INDArray weight = weights.get(module + ".weight");
              f.requireFit(module, bank.size(), weight.size(0), weight.size(1));
              requireFinite(module, f, adapter);
            });
  }

  private static void requireFinite(String module, Factors factors, int adapter) {
    for (INDArray factor : List.of(factors.a(), factors.b())) {
      Tensor x = Tensors.of(factor);
      int size = x.size(1) * x.size(2);
      for (int i = adapter * size; i < (adapter + 1) * size; i++) {
        if (!Float.isFinite(x.f().get(i))) {
          throw Checks.refuse(
              "adapter %d is not finite at %s: its training diverged, so it is not merged; lower"
                  + " the learning rate",
              adapter, module);
        }
      }
    }
  }

  private static void add(INDArray weight, Factors factors, int adapter, double scaling) {
    Tensor w = Tensors.of(weight);
    int out = w.size(0);
    int in = w.size(1);
    double[][] a = columns(Tensors.of(factors.a()), adapter, in);
    double[][] b = rows(Tensors.of(factors.b()), adapter, out);
    double[] delta = new double[in];
    float[] row = new float[in];
    for (int o = 0; o < out; o++) {
      Arrays.fill(delta, 0);
      for (int r = 0; r < a.length; r++) {
        double factor = b[r][o];
        double[] column = a[r];
        for (int i = 0; i < in; i++) {
          delta[i] += factor * column[i];
        }
      }
      w.f().get(o * in, row);
      for (int i = 0; i < in; i++) {
        row[i] = (float) (row[i] + scaling * delta[i]);
      }
      w.f().put(o * in, row);
    }
  }

  /** A of one adapter as {@code [r][in]}. */
  private static double[][] columns(Tensor a, int adapter, int in) {
    int rank = a.size(2);
    double[][] columns = new double[rank][in];
    int at = adapter * in * rank;
    for (int i = 0; i < in; i++) {
      for (int r = 0; r < rank; r++) {
        columns[r][i] = a.f().get(at + i * rank + r);
      }
    }
    return columns;
  }

  /** B of one adapter as {@code [r][out]}. */
  private static double[][] rows(Tensor b, int adapter, int out) {
    int rank = b.size(1);
    double[][] rows = new double[rank][out];
    for (int r = 0; r < rank; r++) {
      for (int o = 0; o < out; o++) {
        rows[r][o] = b.f().get((adapter * rank + r) * out + o);
      }
    }
    return rows;
  }
}
