package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.model.kernel.AttentionShape;
import org.seal4j.model.testing.Bench;

/** A frozen input must cost nothing: its side of a gradient is neither returned nor built. */
class NeededSidesTest {

  static Stream<Named<Function<Bench, SDVariable>>> ops() {
    AttentionShape heads = new AttentionShape(2, 1, 2);
    return Stream.of(
        op("matmul", b -> MatMul.of(b.graph(), x(b, 2, 3), x(b, 3, 5), false, false)),
        op("matmul transposed", b -> MatMul.of(b.graph(), x(b, 3, 2), x(b, 5, 3), true, true)),
        op("linear", b -> MatMul.linear(b.graph(), x(b, 4, 3), x(b, 5, 3), 2)),
        op("add", b -> Add.of(b.graph(), x(b, 2, 3), x(b, 2, 3))),
        op("add scaled", b -> Add.scaled(b.graph(), x(b, 2, 3), x(b, 2, 3), 2)),
        op("scale", b -> Scale.of(b.graph(), x(b, 2, 3), 2)),
        op("reshape", b -> Reshape.of(b.graph(), x(b, 2, 3), 3, 2)),
        op("bias", b -> AddBias.of(b.graph(), x(b, 2, 3), x(b, 3))),
        op("embedding", b -> Embedding.of(b.graph(), x(b, 4, 3), b.ids("ids", 1, 2))),
        op("rms norm", b -> RmsNorm.of(b.graph(), x(b, 2, 3), x(b, 3), 1e-5)),
        op(
            "rope",
            b -> Rope.of(b.graph(), x(b, 2, 4), b.ids("at", 5, 2), new RopeConfig(2, 100, false))),
        op(
            "attention",
            b ->
                CausalAttention.of(
                    b.graph(), List.of(x(b, 6, 4), x(b, 6, 2), x(b, 6, 2)), heads, 2)),
        op(
            "attention with cap and window",
            b ->
                CausalAttention.of(
                    b.graph(),
                    List.of(x(b, 6, 4), x(b, 6, 2), x(b, 6, 2)),
                    heads.with(3, 2, 2),
                    2)),
        op("geglu", b -> GeGlu.of(b.graph(), x(b, 2, 3), x(b, 2, 3))),
        op("soft cap", b -> SoftCap.of(b.graph(), x(b, 2, 3), 2)),
        op("swiglu", b -> SwiGlu.of(b.graph(), x(b, 2, 3), x(b, 2, 3))),
        op(
            "cross-entropy",
            b ->
                CrossEntropy.of(
                    b.graph(), List.of(x(b, 4, 5), b.ids("target", 5, 4), b.fixed("w", 4)), 2)[0]));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void only_needed_sides_are_built(Function<Bench, SDVariable> build) {
    Bench probe = new Bench("needed");
    int inputs = probe.graph().producer(build.apply(probe)).args().length;
    for (int flags = 0; flags < 1 << inputs; flags++) {
      Bench bench = new Bench("needed");
      SDVariable y = build.apply(bench);
      GraphOp op = bench.graph().producer(y);
      SDVariable upstream = bench.fixed("upstream", op.outputShape(0));
      SDVariable[] upstreams = new SDVariable[op.getNumOutputs()];
      upstreams[0] = upstream;
      boolean[] needed = new boolean[inputs];
      for (int i = 0; i < inputs; i++) {
        needed[i] = (flags & 1 << i) != 0;
      }
      int before = bench.graph().ops().size();

      SDVariable[] sides = op.gradient(upstreams, needed);

      int made = bench.graph().ops().size() - before;
      int asked = 0;
      for (int i = 0; i < inputs; i++) {
        boolean differentiable = bench.wanted().contains(op.arg(i));
        asked += needed[i] && differentiable ? 1 : 0;
        if (differentiable) {
          assertThat(sides[i] != null).as("side %d of %s", i, flags).isEqualTo(needed[i]);
        }
        if (sides[i] != null) {
          assertThat(bench.graph().shape(sides[i])).isEqualTo(bench.graph().shape(op.arg(i)));
        }
      }
      assertThat(made).as("ops for sides %s", flags).isLessThanOrEqualTo(asked);
    }
  }

  private static Named<Function<Bench, SDVariable>> op(
      String name, Function<Bench, SDVariable> build) {
    return Named.of(name, build);
  }

  private static SDVariable x(Bench bench, long... shape) {
    return bench.floats("x" + bench.values().size(), shape);
  }
}
