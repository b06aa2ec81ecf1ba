package org.seal4j.model.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.kernel.RopeKernel;

/**
 * Rotary position embedding (Su et al. 2021): x {@code [rows, heads * k]}, positions {@code [rows]}
 * int32. A rotation is undone by the same rotation with the opposite sign, which is its gradient.
 */
public final class Rope extends GraphOp {
  private final RopeConfig config;
  private final int sign;

  private Rope(Graph g, SDVariable x, SDVariable positions, RopeConfig config, int sign) {
    super(
        g,
        "seal_rope(x [rows, heads*%1$s], positions int32 [rows]) -> [rows, heads*%1$s]"
            .formatted(config.headSize()),
        () -> RopeKernel.of(config.headSize(), config.frequencies(), config.interleaved(), sign),
        x,
        positions);
    this.config = config;
    this.sign = sign;
  }

  public static SDVariable of(Graph g, SDVariable x, SDVariable positions, RopeConfig config) {
    return new Rope(g, x, positions, config, 1).output();
  }

  @Override
  public @Nullable SDVariable[] gradient(@Nullable SDVariable[] upstream, boolean[] needed) {
    SDVariable dx = null;
    if (needed[0]) {
      dx = new Rope(graph(), required(upstream), arg(1), config, -sign).output();
    }
    return of(dx, null);
  }

  @Override
  public SDVariable[] stock(SameDiff target, SDVariable[] in) {
    int half = config.headSize() / 2;
    long rows = outputShape(0)[0];
    SDVariable frequencies =
        target.constant(Nd4j.createFromArray(config.frequencies()).reshape(1, half));
    SDVariable angle = in[1].castTo(DataType.FLOAT).reshape(rows, 1).mul(frequencies);
    SDVariable cos = target.math().cos(angle).reshape(rows, 1, half);
    SDVariable sin = target.math().sin(angle).mul(sign).reshape(rows, 1, half);
    // Planes: [rows, heads, k/2, 2] if interleaved, [rows, heads, 2, k/2] if not.
    int axis = config.interleaved() ? 3 : 2;
    long[] planes =
        config.interleaved() ? new long[] {rows, -1, half, 2} : new long[] {rows, -1, 2, half};
    SDVariable[] parts = target.unstack(in[0].reshape(planes), axis, 2);
    SDVariable a = parts[0].mul(cos).sub(parts[1].mul(sin));
    SDVariable b = parts[0].mul(sin).add(parts[1].mul(cos));
    return new SDVariable[] {target.stack(axis, a, b).reshape(outputShape(0))};
  }
}
