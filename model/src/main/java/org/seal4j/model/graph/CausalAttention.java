package org.seal4j.model.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.AttentionKernels;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.kernel.Kernel;

/**
 * Causal softmax attention with grouped-query heads over whole sequences.
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
        qkv,
        g.shape(qkv.get(0)),
        new long[] {batch, shape.heads(), g.shape(qkv.get(0))[0] / batch});
    this.shape = shape;
    this.batch = batch;
    requireWidths(g, qkv, shape);
    long rows = g.shape(qkv.get(0))[0];
    Checks.require(
        rows % batch == 0, "%d rows cannot be split into %d sequences of one length", rows, batch);
  }

  /** Checks rows and widths of query, key and value. */
  static void requireWidths(Graph g, List<SDVariable> qkv, AttentionShape shape) {
    for (int i = 0; i < 3; i++) {
      long[] got = g.shape(qkv.get(i));
      int width = i == 0 ? shape.queryWidth() : shape.kvWidth();
      Checks.require(
          got.length == 2 && got[0] == g.shape(qkv.get(0))[0] && got[1] == width,
          "attention wants %s rows of %d numbers, but %s is %s",
          i == 0 ? "query" : "key and value",
          width,
          List.of("query", "key", "value").get(i),
          Arrays.toString(got));
    }
  }

  /**
   * @param qkv query, key, value
   * @param batch number of sequences b
   */
  public static SDVariable of(Graph g, List<SDVariable> qkv, AttentionShape shape, int batch) {
    return new CausalAttention(g, qkv, shape, batch).output();
  }

  @Override
  public String opName() {
    return "seal_causal_attention";
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    if (!needed[0] && !needed[1] && !needed[2]) {
      return of(null, null, null);
    }
    return new Gradient(this, required(upstream)).only(needed);
  }

  @Override
  public Kernel kernel() {
    return AttentionKernels.forward(shape, batch);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    SDVariable scores = scores(target, in);
    SDVariable p = target.nn().softmax(scores, -1);
    SDVariable o = target.mmul(p, Stock.keys(in[2], shape, batch), false, false, false);
    SDVariable max = scores.max(true, 2);
    SDVariable lse = target.math().log(Stock.sumLast(target.math().exp(scores.sub(max)))).add(max);
    return new SDVariable[] {Stock.rowsOfQueries(o, shape, batch), lse.reshape(outputShape(1))};
  }

  private SDVariable scores(SameDiff target, SDVariable[] in) {
    SDVariable q = Stock.queries(in[0], shape, batch);
    SDVariable k = Stock.keys(in[1], shape, batch);
    return Stock.maskedScores(target, q, k, shape, outputShape(1)[2]);
  }

  private static final class Gradient extends GradientOp {
    private final CausalAttention f;

    Gradient(CausalAttention f, SDVariable dO) {
      super(
          f.graph(),
          List.of(f.arg(0), f.arg(1), f.arg(2), f.outputVariables()[0], f.outputVariables()[1], dO),
          f.outputShape(0),
          f.graph().shape(f.arg(1)),
          f.graph().shape(f.arg(2)));
      this.f = f;
    }

    @Override
    public String opName() {
      return "seal_causal_attention_gradient";
    }

    @Override
    public Kernel kernel() {
      return AttentionKernels.gradient(f.shape, f.batch);
    }

    @Override
    public SDVariable[] stock(SameDiff target, SDVariable[] in) {
      SDVariable p = target.nn().softmax(f.scores(target, in), -1);
      SDVariable dO = Stock.queries(in[5], f.shape, f.batch);
      SDVariable v = Stock.keys(in[2], f.shape, f.batch);
      SDVariable dp = target.mmul(dO, v, false, true, false);
      SDVariable ds = p.mul(dp.sub(Stock.sumLast(p.mul(dp)))).mul(f.shape.scale());
      SDVariable k = Stock.keys(in[1], f.shape, f.batch);
      SDVariable q = Stock.queries(in[0], f.shape, f.batch);
      SDVariable dq = target.mmul(ds, k, false, false, false);
      SDVariable dk = target.mmul(ds, q, true, false, false);
      SDVariable dv = target.mmul(p, dO, true, false, false);
      return new SDVariable[] {
        Stock.rowsOfQueries(dq, f.shape, f.batch),
        Stock.rowsOfKeys(dk, f.shape, f.batch),
        Stock.rowsOfKeys(dv, f.shape, f.batch)
      };
    }
  }
}
