package org.seal4j.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.model.kernel.AttentionKernels;
import org.seal4j.model.kernel.AttentionShape;

/**
 * Causal softmax attention with grouped-query heads over whole sequences, with a cap of scores and
 * a sliding window where the shape has them.
 *
 * <p>In q {@code [b * t, h * k]}, key and value {@code [b * t, kv * k]} (already rotated); out o
 * {@code [b * t, h * k]} and lse {@code [b, h, t]}, the log-sums that the gradient needs. A padded
 * tail never changes what stands before it.
 */
public final class CausalAttention extends GraphOp {
  private final AttentionShape shape;
  private final int batch;

  private CausalAttention(Graph g, List<SDVariable> qkv, AttentionShape shape, int batch) {
    super(
        g,
        """
        seal_causal_attention(query [%1$s*t, %2$s], key [%1$s*t, %3$s], value [%1$s*t, %3$s])
        -> [%1$s*t, %2$s], [%1$s, %4$s, t]"""
            .formatted(batch, shape.queryWidth(), shape.kvWidth(), shape.heads()),
        () -> AttentionKernels.forward(shape, batch),
        qkv.toArray(SDVariable[]::new));
    this.shape = shape;
    this.batch = batch;
  }

  /**
   * @param qkv query, key, value
   * @param batch number of sequences b
   */
  public static SDVariable of(Graph g, List<SDVariable> qkv, AttentionShape shape, int batch) {
    return new CausalAttention(g, qkv, shape, batch).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    return sides(
        needed,
        () ->
            new GradientOp(
                graph(),
                """
                seal_causal_attention_gradient(query [rows, q], key [rows, kv], value [rows, kv],
                output [rows, q], lse [b, h, t], dy [rows, q])
                -> [rows, q], [rows, kv], [rows, kv]""",
                () -> AttentionKernels.gradient(shape, batch),
                this::stockGradient,
                arg(0),
                arg(1),
                arg(2),
                outputVariables()[0],
                outputVariables()[1],
                required(upstream)));
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    SDVariable scores = scores(target, in).add(Stock.mask(target, shape, outputShape(1)[2]));
    SDVariable p = target.nn().softmax(scores, -1);
    SDVariable o = target.mmul(p, Stock.keys(in[2], shape, batch), false, false, false);
    SDVariable max = scores.max(true, 2);
    SDVariable lse = target.math().log(Stock.sumLast(target.math().exp(scores.sub(max)))).add(max);
    return new SDVariable[] {Stock.rowsOfQueries(o, shape, batch), lse.reshape(outputShape(1))};
  }

  private SDVariable scores(SameDiff target, SDVariable[] in) {
    SDVariable q = Stock.queries(in[0], shape, batch);
    SDVariable k = Stock.keys(in[1], shape, batch);
    return Stock.scores(target, q, k, shape);
  }

  private SDVariable[] stockGradient(SameDiff target, SDVariable[] in) {
    SDVariable scores = scores(target, in);
    SDVariable mask = Stock.mask(target, shape, outputShape(1)[2]);
    SDVariable p = target.nn().softmax(scores.add(mask), -1);
    SDVariable dO = Stock.queries(in[5], shape, batch);
    SDVariable v = Stock.keys(in[2], shape, batch);
    SDVariable dp = target.mmul(dO, v, false, true, false);
    SDVariable ds = p.mul(dp.sub(Stock.sumLast(p.mul(dp)))).mul(shape.scale());
    ds = shape.cap() > 0 ? ds.mul(Stock.capSlope(scores, shape.cap())) : ds;
    SDVariable k = Stock.keys(in[1], shape, batch);
    SDVariable q = Stock.queries(in[0], shape, batch);
    SDVariable dq = target.mmul(ds, k, false, false, false);
    SDVariable dk = target.mmul(ds, q, true, false, false);
    SDVariable dv = target.mmul(p, dO, true, false, false);
    return new SDVariable[] {
      Stock.rowsOfQueries(dq, shape, batch),
      Stock.rowsOfKeys(dk, shape, batch),
      Stock.rowsOfKeys(dv, shape, batch)
    };
  }
}
