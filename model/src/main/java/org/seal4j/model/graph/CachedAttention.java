package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.kernel.CacheBlocks;
import org.seal4j.model.kernel.CachedAttentionKernel;

/**
 * Attention of s new tokens per row over a key-value cache, for generation.
 *
 * <p>In q {@code [b * s, h * k]}, new key and value {@code [b * s, kv * k]}, cached keys {@code [b,
 * n, kv, k, 16]}, cached values {@code [b, n, kv, 16, k]} (n blocks of 16 tokens, {@link
 * CacheBlocks}), start {@code [b]} int32 (tokens already cached per row); out o {@code [b * s, h *
 * k]} and the two caches with the new rows in place (the same memory as the inputs).
 */
public final class CachedAttention extends GraphOp implements InPlace {
  private final AttentionShape shape;

  private CachedAttention(Graph g, List<SDVariable> inputs, AttentionShape shape) {
    super(
        g,
        sized(
            """
        seal_cached_attention(query [b*s, %1$s], key [b*s, %2$s], value [b*s, %2$s],
        cached keys [b, n, %3$s, %4$s, %5$s], cached values [b, n, %3$s, %5$s, %4$s],
        start int32 [b])
        -> [b*s, %1$s], [b, n, %3$s, %4$s, %5$s], [b, n, %3$s, %5$s, %4$s]""",
            shape),
        () -> CachedAttentionKernel.of(shape),
        inputs.toArray(SDVariable[]::new));
    this.shape = shape;
  }

  /**
   * A signature with its sizes.
   *
   * @param signature with {@code %1$s} for h k, {@code %2$s} for kv k, {@code %3$s} for kv, {@code
   *     %4$s} for k and {@code %5$s} for the tokens of a block
   */
  static String sized(String signature, AttentionShape shape) {
    return signature.formatted(
        shape.queryWidth(), shape.kvWidth(), shape.kvHeads(), shape.headSize(), CacheBlocks.TOKENS);
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
    long capacity = outputShape(1)[1] * CacheBlocks.TOKENS;
    long fresh = outputShape(0)[0] / batch;
    // index of each new token in its row's cache: [b, s]
    SDVariable steps =
        target.constant(Nd4j.arange(0, (double) fresh).castTo(DataType.INT32).reshape(1, fresh));
    SDVariable index = in[5].reshape(batch, 1).add(steps);
    SDVariable hot = Stock.oneHot(target, index, capacity);
    SDVariable keep = hot.sum(1).rsub(1.0).reshape(batch, capacity, 1);
    SDVariable keys = updated(target, hot, keep, in[3].permute(0, 1, 4, 2, 3), in[1]);
    SDVariable values = updated(target, hot, keep, in[4].permute(0, 1, 3, 2, 4), in[2]);
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
    long[] blocks = {batch, -1, CacheBlocks.TOKENS, shape.kvHeads(), shape.headSize()};
    return new SDVariable[] {
      Stock.rowsOfQueries(o, shape, batch),
      keys.reshape(blocks).permute(0, 1, 3, 4, 2),
      values.reshape(blocks).permute(0, 1, 3, 2, 4)
    };
  }

  private SDVariable updated(
      SameDiff target, SDVariable hot, SDVariable keep, SDVariable cache, SDVariable rows) {
    long batch = outputShape(1)[0];
    SDVariable fresh = rows.reshape(batch, -1, shape.kvWidth());
    return cache
        .reshape(batch, -1, shape.kvWidth())
        .mul(keep)
        .add(target.mmul(hot, fresh, true, false, false));
  }
}
