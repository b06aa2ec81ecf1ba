package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class RopeTest {

  @ParameterizedTest
  @CsvSource({
    "1,1,2,false",
    "1,1,2,true",
    "3,2,6,false",
    "3,2,6,true",
    "5,3,10,true",
    "17,1,20,false",
    "2,4,16,true",
    "17,2,8,false"
  })
  void a_rotation_matches_twin_and_differences(
      int rows, int heads, int headSize, boolean interleaved) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("rope", rows, heads, headSize, interleaved);
      SDVariable y = rotated(bench, rows, heads, new RopeConfig(headSize, 100, interleaved));
      if (twin) {
        TwinCheck.of(bench, y);
      } else {
        GradientCheck.of(bench, y);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,false", "6,true", "10,false", "20,true"})
  void the_gradient_of_a_rotation_undoes_it(int headSize, boolean interleaved) {
    Bench bench = new Bench("inverse rope", headSize, interleaved);
    SDVariable y = rotated(bench, 9, 3, new RopeConfig(headSize, 10000, interleaved));
    // d (sum of y * y0) / dx, with y0 = y held fixed, is the inverse rotation of y: x itself.
    try (Worker worker = new Worker();
        Plan forward = Plan.of(bench.graph(), List.of(y), worker)) {
      Run.fill(forward, bench);
      forward.run();
      INDArray rotated = forward.array(y.name());
      SDVariable held = bench.input("held", rotated.dup().reshape(-1, 1));
      SDVariable flat = Reshape.of(bench.graph(), y, 1, rotated.length());
      SDVariable loss = MatMul.of(bench.graph(), flat, held, false, false);
      Map<String, SDVariable> gradients = Backprop.gradients(bench.graph(), loss, bench.wanted());
      try (Plan backward = Plan.of(bench.graph(), List.copyOf(gradients.values()), worker)) {
        Run.fill(backward, bench);
        backward.run();
        INDArray x = bench.values().get("x");
        INDArray back = backward.array(gradients.get("x").name());
        TwinCheck.assertClose(bench.title(), back, x, 1e-6);
      }
    }
  }

  @Test
  void position_zero_is_not_rotated() {
    for (boolean interleaved : new boolean[] {false, true}) {
      Bench bench = new Bench("position zero", interleaved);
      SDVariable x = bench.fixed("x", 2, 12);
      SDVariable positions = bench.ids("positions", new int[] {0, 0});
      SDVariable y = Rope.of(bench.graph(), x, positions, new RopeConfig(6, 100, interleaved));
      try (Worker worker = new Worker();
          Plan plan = Plan.of(bench.graph(), List.of(y), worker)) {
        Run.fill(plan, bench);
        plan.run();
        assertThat(Run.bits(plan.array(y.name()))).isEqualTo(Run.bits(bench.values().get("x")));
      }
    }
  }

  private static SDVariable rotated(Bench bench, int rows, int heads, RopeConfig config) {
    SDVariable x = bench.floats("x", rows, (long) heads * config.headSize());
    return Rope.of(bench.graph(), x, bench.ids("positions", 40, rows), config);
  }

  @Test
  void scaled_frequencies_match_twin_and_differences() {
    for (RopeScaling scaling : List.of(RopeScaling.linear(4), RopeScaling.llama3(8, 1, 4, 64))) {
      Bench bench = new Bench("scaled rope", scaling);
      SDVariable y = rotated(bench, 7, 2, new RopeConfig(10, 100, false, scaling));
      TwinCheck.of(bench, y);
      Bench again = new Bench("scaled rope", scaling);
      GradientCheck.of(again, rotated(again, 7, 2, new RopeConfig(10, 100, false, scaling)));
    }
  }

  /** The three cases of the rule as its model card words them, by wavelength. */
  @Test
  void llama3_divides_long_waves_keeps_short_ones_and_blends_between() {
    RopeConfig plain = new RopeConfig(64, 500000, false);
    RopeConfig scaled = new RopeConfig(64, 500000, false, RopeScaling.llama3(32, 1, 4, 8192));
    int blended = 0;
    for (int i = 0; i < 32; i++) {
      double f = StrictMath.pow(500000, -2.0 * i / 64);
      double wave = 2 * Math.PI / f;
      double expected;
      if (wave < 8192 / 4.0) {
        expected = f;
      } else if (wave > 8192 / 1.0) {
        expected = f / 32;
      } else {
        double smooth = (8192 / wave - 1) / (4 - 1.0);
        expected = (1 - smooth) * f / 32 + smooth * f;
        blended++;
      }
      assertThat((double) scaled.frequencies()[i])
          .isCloseTo(expected, org.assertj.core.api.Assertions.withinPercentage(1e-4));
      assertThat(scaled.frequencies()[i]).isLessThanOrEqualTo(plain.frequencies()[i]);
    }
    assertThat(blended).isPositive();
    assertThat(new RopeConfig(64, 500000, false, RopeScaling.linear(4)).frequencies()[3])
        .isEqualTo((float) (StrictMath.pow(500000, -6.0 / 64) / 4));
  }
}
