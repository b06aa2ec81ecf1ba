package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.model.kernel.CrossEntropyKernel;

/**
 * Per-token-weighted cross-entropy, one loss per group of rows (one group per adapter), so that
 * adapters in one batch stay independent.
 *
 * <p>In logits {@code [rows, v]}, targets {@code [rows]} int32, weights {@code [rows]}; out loss
 * {@code [groups]} = sum of weight times negative log-likelihood, nll {@code [rows]} (0 where the
 * weight is 0) and dlogits {@code [rows, v]}, the gradient of the sum of the losses, made in the
 * same pass. SameDiff's own cross-entropies ignore their upstream gradient (M2.1).
 */
public final class CrossEntropy extends GraphOp {
  private final int groups;

  private CrossEntropy(Graph g, List<SDVariable> inputs, int groups) {
    super(
        g,
        """
        seal_cross_entropy(logits [%1$s*m, v], targets int32 [%1$s*m], weights [%1$s*m])
        -> [%1$s], [%1$s*m], [%1$s*m, v]"""
            .formatted(groups),
        () -> CrossEntropyKernel.of(groups),
        inputs.toArray(SDVariable[]::new));
    this.groups = groups;
  }

  /**
   * @param inputs logits, targets, weights
   * @return loss and nll
   */
  public static SDVariable[] of(Graph g, List<SDVariable> inputs, int groups) {
    return new CrossEntropy(g, inputs, groups).outputVariables();
  }

  /**
   * Each row's weighted negative log-likelihood {@code [rows]}, as a group of its own: its gradient
   * takes an upstream of each row, for losses that are no sum of them.
   *
   * @param inputs logits, targets, weights
   */
  public static SDVariable ofRows(Graph g, List<SDVariable> inputs) {
    return of(g, inputs, Math.toIntExact(g.shape(inputs.get(1))[0]))[0];
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dlogits = null;
    if (needed[0]) {
      SDVariable up = required(upstream);
      SDVariable own = outputVariables()[2];
      dlogits = scaleGroups(graph(), own, up);
    }
    return of(dlogits, null, null);
  }

  /** x {@code [rows, v]}, each group's rows times that group's factor {@code [groups]}. */
  static SDVariable scaleGroups(Graph g, SDVariable x, SDVariable factors) {
    if (Ones.is(factors)) {
      return x;
    }
    long groups = g.length(factors);
    return new GradientOp(
            g,
            "seal_scale_groups(x [rows, v], factors [groups]) -> [rows, v]",
            CrossEntropyKernel::scaleGroups,
            (target, in) -> {
              SDVariable grouped = in[0].reshape(groups, -1).mul(in[1].reshape(groups, 1));
              return new SDVariable[] {grouped.reshape(g.shape(x))};
            },
            x,
            factors)
        .output();
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long rows = outputShape(1)[0];
    SDVariable hot = Stock.oneHot(target, in[1], outputShape(2)[1]);
    SDVariable weights = in[2].reshape(rows, 1);
    // logSoftmax is written out: SameDiff saves its own but cannot load it (M2.1).
    SDVariable shifted = in[0].sub(in[0].max(true, 1));
    SDVariable exp = target.math().exp(shifted);
    SDVariable sum = exp.sum(true, 1);
    SDVariable p = exp.div(sum);
    SDVariable atTarget = shifted.mul(hot).sum(true, 1);
    SDVariable nll = target.math().log(sum).sub(atTarget).reshape(rows);
    SDVariable counted = in[2].neq(0.0).castTo(DataType.FLOAT);
    SDVariable weighted = nll.mul(in[2]);
    SDVariable loss = rows == groups ? weighted : weighted.reshape(groups, rows / groups).sum(1);
    return new SDVariable[] {loss, nll.mul(counted), p.sub(hot).mul(weights)};
  }
}
