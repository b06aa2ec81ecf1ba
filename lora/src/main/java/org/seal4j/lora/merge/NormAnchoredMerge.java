package org.seal4j.lora.merge;

import java.util.List;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;

/**
 * The sum of the updates, after which each weight is scaled back to the Frobenius norm that it had:
 * {@code W' = (W + D) |W| / |W + D|}. Editing in sequence lets norms grow, and models collapse as
 * they do (Norm Anchors Make Model Edits Last, arXiv 2602.02543). Since W is scaled too the result
 * is no adapter but weights.
 *
 * <p>Differs from the paper: it edits by solving for one vector at a time, and scales that vector
 * to a norm of the original model; an adapter has no such vector, so the norm of the whole matrix
 * is held.
 */
public final class NormAnchoredMerge implements MergeMethod {
  @Override
  public String methodName() {
    return "norm-anchored";
  }

  @Override
  public boolean makesAdapter() {
    return false;
  }

  @Override
  public MergedModule merge(INDArray weight, List<LowRankUpdate> updates, OptionalInt rank) {
    LowRankUpdate update = LinearMerge.cut(LowRankUpdate.sum(updates), rank);
    Tensor w = Tensors.of(weight);
    double before = 0;
    double after = 0;
    float[] row = new float[update.in()];
    double[] added = new double[update.in()];
    for (int o = 0; o < update.out(); o++) {
      w.f().get(o * row.length, row);
      update.row(o, added);
      for (int i = 0; i < row.length; i++) {
        double sum = row[i] + added[i];
        before += (double) row[i] * row[i];
        after += sum * sum;
      }
    }
    Checks.require(
        after > 0,
        "the adapters take a weight to zero, which has no norm to be scaled back; lower their weights");
    return new MergedModule(before == 0 ? 1 : Math.sqrt(before / after), update);
  }
}
