package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class ElementwiseOpsTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33"})
  void sums_and_multiples_match_twin_and_differences(int rows, int width) {
    both("add", rows, width, b -> Add.of(b.graph(), x(b, rows, width), y(b, rows, width)));
    both(
        "add scaled",
        rows,
        width,
        b -> Add.scaled(b.graph(), x(b, rows, width), y(b, rows, width), -0.37));
    both("scale", rows, width, b -> Scale.of(b.graph(), x(b, rows, width), 1.7));
    both("reshape", rows, width, b -> Reshape.of(b.graph(), x(b, rows, width), width, 1, rows));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33"})
  void a_bias_matches_twin_and_differences(int rows, int width) {
    both("bias", rows, width, b -> AddBias.of(b.graph(), x(b, rows, width), b.floats("b", width)));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33", "4,2051"})
  void a_swiglu_matches_twin_and_differences(int rows, int width) {
    both("swiglu", rows, width, b -> SwiGlu.of(b.graph(), x(b, rows, width), y(b, rows, width)));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33", "4,2051"})
  @Tag("slow")
  void a_geglu_matches_twin_and_differences(int rows, int width) {
    both("geglu", rows, width, b -> GeGlu.of(b.graph(), x(b, rows, width), y(b, rows, width)));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33", "4,2051"})
  void a_soft_cap_matches_twin_and_differences(int rows, int width) {
    both("soft cap", rows, width, b -> SoftCap.of(b.graph(), x(b, rows, width), 0.8));
  }

  @Test
  void a_soft_cap_keeps_what_is_small_and_bounds_what_is_large() {
    Bench bench = new Bench("bounds");
    SDVariable x = bench.floats("x", 3);
    bench.values().get("x").assign(Nd4j.createFromArray(0.01f, -1e9f, 1e9f));
    INDArray y = Run.outputs(bench, List.of(SoftCap.of(bench.graph(), x, 30))).get(0);
    assertThat(y.getFloat(0)).isCloseTo(0.01f, within(1e-8f));
    assertThat(y.getFloat(1)).isEqualTo(-30f);
    assertThat(y.getFloat(2)).isEqualTo(30f);
    assertThatThrownBy(() -> SoftCap.of(bench.graph(), x, 0))
        .hasMessage("a cap must be > 0 but was 0.0");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "3,1", "5,9", "2,17", "3,33", "9,1025"})
  void a_normalisation_matches_twin_and_differences(int rows, int width) {
    both(
        "rms norm",
        rows,
        width,
        b -> RmsNorm.of(b.graph(), x(b, rows, width), b.floats("gain", width), 1e-2));
  }

  private static SDVariable x(Bench bench, int rows, int width) {
    return bench.floats("x", rows, width);
  }

  private static SDVariable y(Bench bench, int rows, int width) {
    return bench.floats("y", rows, width);
  }

  private static void both(String op, int rows, int width, Function<Bench, SDVariable> build) {
    Bench twin = new Bench(op, rows, width);
    TwinCheck.of(twin, build.apply(twin));
    Bench differences = new Bench(op, rows, width);
    GradientCheck.of(differences, build.apply(differences));
  }
}
