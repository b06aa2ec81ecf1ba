package org.seal4j.lora.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

/** The losses of GRPO and DPO as nodes: against stock ops, and against differences. */
class ObjectiveOpsTest {

  private static void check(String test, int rows, BiFunction<Bench, Integer, SDVariable[]> op) {
    Bench twins = new Bench(test, rows);
    SDVariable[] outputs = op.apply(twins, rows);
    List<SDVariable> all = new ArrayList<>(List.of(outputs));
    SDVariable loss = twins.weightedSum(outputs[0]);
    all.addAll(Backprop.gradients(twins.graph(), loss, twins.wanted()).values());
    TwinCheck.forward(twins, all);
    Bench differences = new Bench(test, rows);
    GradientCheck.of(differences, op.apply(differences, rows)[0]);
  }

  /** Log ratios on both sides of the clipped range, each away from its ends. */
  private static SDVariable[] surrogate(Bench bench, int rows, double clip, double advantage) {
    float[] nll = new float[rows];
    float[] old = new float[rows];
    float[] weights = new float[rows];
    for (int i = 0; i < rows; i++) {
      nll[i] = (float) (1 + bench.rng().nextDouble());
      old[i] = nll[i] + new float[] {-0.6f, -0.1f, 0.09f, 0.5f, 0f}[i % 5];
      weights[i] = i % 4 == 3 ? 0f : (float) (0.1 + bench.rng().nextDouble());
    }
    SDVariable now = bench.floats("nll", rows);
    bench.values().get("nll").assign(Nd4j.createFromArray(nll));
    SDVariable before = bench.input("old", Nd4j.createFromArray(old));
    SDVariable reference = bench.fixed("reference", rows);
    SDVariable a = bench.input("advantage", Nd4j.createFromArray((float) advantage));
    SDVariable w = bench.input("weights", Nd4j.createFromArray(weights));
    return ClippedSurrogate.of(bench.graph(), List.of(now, before, reference, a, w), clip, 0.3);
  }

  @ParameterizedTest
  @CsvSource({"1,0.2,1.5", "1,0.2,-1.5", "9,0.2,0.7", "9,0.2,-0.7", "9,Infinity,-2", "40,0.2,1.1"})
  void the_clipped_surrogate_matches_its_twin_and_differences(
      int rows, double clip, double advantage) {
    check("surrogate " + advantage, rows, (b, n) -> surrogate(b, n, clip, advantage));
  }

  /** By hand: three tokens of ratio 1.5, 1.1 and 0.5 and advantage 2, clipped at 0.2. */
  @Test
  void a_ratio_beyond_the_clip_on_the_gaining_side_counts_as_the_clip_and_teaches_nothing() {
    Bench bench = new Bench("by hand");
    SDVariable nll = bench.floats("nll", 3);
    bench.values().get("nll").assign(1.0);
    float[] old = {
      (float) (1 + Math.log(1.5)), (float) (1 + Math.log(1.1)), (float) (1 + Math.log(0.5))
    };
    SDVariable before = bench.input("old", Nd4j.createFromArray(old));
    SDVariable same = bench.input("reference", Nd4j.createFromArray(new float[] {1, 1, 1}));
    SDVariable a = bench.input("advantage", Nd4j.createFromArray(2f));
    SDVariable w = bench.input("weights", Nd4j.createFromArray(new float[] {1, 1, 1}));
    SDVariable[] out = ClippedSurrogate.of(bench.graph(), List.of(nll, before, same, a, w), 0.2, 0);
    SDVariable side =
        Backprop.gradients(bench.graph(), out[0], bench.wanted()).values().iterator().next();
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(out[0], out[1], out[2], side), worker)) {
      Run.fill(plan, bench);
      plan.run();
      assertThat(plan.array(out[0].name()).getDouble(0))
          .isCloseTo(-2 * (1.2 + 1.1 + 0.5), offset(1e-5));
      assertThat(plan.array(side.name()).toFloatVector())
          .containsExactly(new float[] {0f, 2.2f, 1f}, offset(1e-5f));
      assertThat(plan.array(out[2].name()).toFloatVector()).containsOnly(0f);
    }
  }

  private static SDVariable[] preference(Bench bench, int rows, double beta) {
    float[] signs = new float[rows];
    for (int i = 0; i < rows; i++) {
      signs[i] = i % 3 == 2 ? 0f : -1f;
    }
    SDVariable nll = bench.floats("nll", rows);
    SDVariable reference = bench.fixed("reference", rows);
    SDVariable s = bench.input("signs", Nd4j.createFromArray(signs));
    SDVariable rest = bench.input("offset", Nd4j.createFromArray(0.7f));
    SDVariable scale = bench.input("scale", Nd4j.createFromArray(0.25f));
    return PreferenceLoss.of(bench.graph(), List.of(nll, reference, s, rest, scale), beta);
  }

  @ParameterizedTest
  @CsvSource({"1,0.1", "1,2", "7,0.5", "33,0.1"})
  void the_preference_loss_matches_its_twin_and_differences(int rows, double beta) {
    check("preference " + beta, rows, (b, n) -> preference(b, n, beta));
  }

  @ParameterizedTest
  @ValueSource(floats = {-3000f, -40f, 0f, 40f, 3000f})
  void a_margin_of_any_size_has_a_finite_loss(float margin) {
    Bench bench = new Bench("margin", margin);
    SDVariable[] out = preference(bench, 1, 1);
    bench.values().get("nll").assign(bench.values().get("reference"));
    bench.values().get("offset").assign(margin);
    bench.values().get("scale").assign(1.0);
    TwinCheck.forward(bench, List.of(out));
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(out), worker)) {
      Run.fill(plan, bench);
      plan.run();
      double expected = Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
      assertThat(plan.array(out[0].name()).getDouble(0))
          .isCloseTo(expected, offset(1e-6 * Math.max(1, expected)));
    }
  }
}
