package org.seal4j.model.graph;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.kernel.CachedAttentionKernel;

/**
 * {@link CachedAttention} over one memory for all rows, of which each has a region of its own size,
 * so that a row stays where it is while others come and go.
 *
 * <p>In q {@code [b * s, h * k]}, new key and value {@code [b * s, kv * k]}, memory of keys {@code
 * [n, kv, k, 16]} and of values {@code [n, kv, 16, k]}, start, offset and capacity {@code [b]}
 * int32: of the 16 n tokens row i has those from {@code offset[i]} on, {@code capacity[i]} of them,
 * of which {@code start[i]} are cached already. A region is whole blocks. Out o {@code [b * s, h *
 * k]}, with the bits of {@link CachedAttention}, and the two memories with the new rows in place.
 *
 * <p>It has no form in stock ops: where these read is fixed when a graph is built.
 */
public final class RegionAttention extends GraphOp implements InPlace {
  private RegionAttention(Graph g, List<SDVariable> inputs, AttentionShape shape) {
    super(
        g,
        CachedAttention.sized(
            """
        seal_region_attention(query [b*s, %1$s], key [b*s, %2$s], value [b*s, %2$s],
        keys [n, %3$s, %4$s, %5$s], values [n, %3$s, %5$s, %4$s],
        start int32 [b], offset int32 [b], capacity int32 [b])
        -> [b*s, %1$s], [n, %3$s, %4$s, %5$s], [n, %3$s, %5$s, %4$s]""",
            shape),
        () -> CachedAttentionKernel.inRegions(shape),
        inputs.toArray(SDVariable[]::new));
  }

  /**
   * @param inputs query, key, value, memory of keys, memory of values, start, offset, capacity
   * @return o and the updated memories
   */
  public static SDVariable[] of(Graph g, List<SDVariable> inputs, AttentionShape shape) {
    return new RegionAttention(g, inputs, shape).outputVariables();
  }

  @Override
  public int inputOf(int output) {
    return output == 0 ? -1 : output + 2;
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    throw Checks.refuse(
        "%s has no form in stock ops; use the engine kernels, or a cache with equal rows", node());
  }
}
