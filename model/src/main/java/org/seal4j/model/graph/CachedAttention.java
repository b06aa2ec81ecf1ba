package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.kernel.CachedAttentionKernel;

/**
 * Attention of s new tokens per row over a key-value cache, for generation.
 *
 * <p>In q {@code [b * s, h * k]}, new key and value {@code [b * s, kv * k]}, cached keys {@code [b,
 * kv * k, capacity]}, cached values {@code [b, capacity, kv * k]}, start {@code [b]} int32 (tokens
 * already cached per row); out o {@code [b * s, h * k]} and the two caches with the new rows in
 * place (the same memory as the inputs).
 */
public final class CachedAttention extends GraphOp implements InPlace {
  private final AttentionShape shape;

  private CachedAttention(Graph g, List<SDVariable> inputs, AttentionShape shape) {
    super(
        g,
        """
        seal_cached_attention(query [b*s, %1$s], key [b*s, %2$s], value [b*s, %2$s],
        cached keys [b, %2$s, capacity], cached values [b, capacity, %2$s], start int32 [b])
        -> [b*s, %1$s], [b, %2$s, capacity], [b, capacity, %2$s]"""
            .formatted(shape.queryWidth(), shape.kvWidth()),
        () -> CachedAttentionKernel.of(shape),
        inputs.toArray(SDVariable[]::new));
    this.shape = shape;
  }

  /**
   * @param inputs query, key, value, cached keys, cached values, start
   * @return o and the updated caches
   */
  public static SDVariable[] of(Graph g, List<SDVariable> inputs, AttentionShape shape) {
    return new CachedAttention(g, inputs, shape).outputVariables();
  }

  @Override
  public int inputOf(int output) {
    return output == 0 ? -1 : output + 2;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    long batch = outputShape(1)[0];
    long capacity = outputShape(2)[1];
    long fresh = outputShape(0)[0] / batch;
    // index of each new token in its row's cache: [b, s]
    SDVariable steps =
        target.constant(Nd4j.arange(0, (double) fresh).castTo(DataType.INT32).reshape(1, fresh));
    SDVariable index = in[5].reshape(batch, 1).add(steps);
    SDVariable hot = Stock.oneHot(target, index, capacity);
    SDVariable keep = hot.sum(1).rsub(1.0).reshape(batch, capacity, 1);
    SDVariable keys = updated(target, hot, keep, in[3].permute(0, 2, 1), in[1]);
    SDVariable values = updated(target, hot, keep, in[4], in[2]);
    SDVariable q = Stock.queries(in[0], shape, batch);
    SDVariable k = Stock.keys(keys.reshape(-1, shape.kvWidth()), shape, batch);
    SDVariable v = Stock.keys(values.reshape(-1, shape.kvWidth()), shape, batch);
    SDVariable scores = Stock.scores(target, q, k, shape);
    // a query sees the cache up to its own index, from its window on: [b, 1, 1, s, capacity]
    SDVariable columns =
        target.constant(
            Nd4j.arange(0, (double) capacity).castTo(DataType.INT32).reshape(1, 1, capacity));
    SDVariable own = index.reshape(batch, fresh, 1);
    SDVariable hidden = columns.gt(own).castTo(DataType.FLOAT).mul(-1e9);
    if (shape.window() > 0) {
      SDVariable before = columns.add(shape.window()).lte(own).castTo(DataType.FLOAT);
      hidden = hidden.add(before.mul(-1e9));
    }
    int group = shape.heads() / shape.kvHeads();
    SDVariable masked =
        scores
            .reshape(batch, shape.kvHeads(), group, fresh, capacity)
            .add(hidden.reshape(batch, 1, 1, fresh, capacity))
            .reshape(batch * shape.kvHeads(), group * fresh, capacity);
    SDVariable p = target.nn().softmax(masked, -1);
    SDVariable o = target.mmul(p, v, false, false, false);
    return new SDVariable[] {Stock.rowsOfQueries(o, shape, batch), keys.permute(0, 2, 1), values};
  }

  private SDVariable updated(
      SameDiff target, SDVariable hot, SDVariable keep, SDVariable cache, SDVariable rows) {
    SDVariable fresh = rows.reshape(outputShape(1)[0], -1, shape.kvWidth());
    return cache.mul(keep).add(target.mmul(hot, fresh, true, false, false));
  }
}
