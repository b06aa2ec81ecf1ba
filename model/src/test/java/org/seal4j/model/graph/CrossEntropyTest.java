package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.check.InputException;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class CrossEntropyTest {

  @ParameterizedTest
  @CsvSource({"1,1,2", "3,1,7", "6,3,9", "5,5,17", "10,2,33", "2,1,1033"})
  void losses_match_twin_and_differences_under_any_upstream(int rows, int groups, int vocabulary) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("cross-entropy", rows, groups, vocabulary);
      SDVariable[] ce = losses(bench, rows, groups, vocabulary);
      if (twin) {
        List<SDVariable> outputs = new ArrayList<>(List.of(ce));
        SDVariable loss = bench.weightedSum(ce[0]);
        outputs.addAll(Backprop.gradients(bench.graph(), loss, bench.wanted()).values());
        TwinCheck.forward(bench, outputs);
      } else {
        GradientCheck.of(bench, ce[0]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,1,7", "6,3,9", "10,2,33"})
  void a_sum_of_losses_matches_differences_without_another_op(int rows, int groups, int vocab) {
    Bench bench = new Bench("plain cross-entropy", rows, groups, vocab);
    SDVariable[] ce = losses(bench, rows, groups, vocab);
    int before = bench.graph().ops().size();
    GradientCheck.ofLoss(bench, ce[0], 1);
    assertThat(bench.graph().ops()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({"1,5", "4,9", "7,33"})
  void each_row_takes_an_upstream_of_its_own(int rows, int vocabulary) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("rows of cross-entropy", rows, vocabulary);
      SDVariable logits = bench.floats("logits", rows, vocabulary);
      SDVariable targets = bench.ids("targets", vocabulary, rows);
      SDVariable weights = bench.fixed("weights", rows);
      SDVariable nll = CrossEntropy.ofRows(bench.graph(), List.of(logits, targets, weights));
      assertThat(bench.graph().shape(nll)).containsExactly(rows);
      if (twin) {
        TwinCheck.of(bench, nll);
      } else {
        GradientCheck.of(bench, nll);
      }
    }
  }

  @Test
  void a_row_of_weight_zero_has_neither_loss_nor_gradient() {
    Bench bench = new Bench("weight zero");
    SDVariable[] ce = losses(bench, 6, 2, 9);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce), worker)) {
      Run.fill(plan, bench);
      plan.assign("weights", Nd4j.createFromArray(new float[] {0, 1, 2, 0, 0, 0}));
      plan.run();
      assertThat(plan.array(ce[0].name()).getDouble(1)).isZero();
      for (int row : new int[] {0, 3, 4, 5}) {
        assertThat(plan.array(ce[1].name()).getDouble(row)).isZero();
        assertThat(plan.array(ce[2].name()).getRow(row).amaxNumber().doubleValue()).isZero();
      }
      for (int row : new int[] {1, 2}) {
        assertThat(plan.array(ce[1].name()).getDouble(row)).isPositive();
      }
    }
  }

  @Test
  void equal_logits_cost_the_logarithm_of_the_vocabulary() {
    Bench bench = new Bench("equal logits");
    SDVariable[] ce = losses(bench, 1, 1, 13);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce[1]), worker)) {
      Run.fill(plan, bench);
      plan.array("logits").assign(80.0);
      plan.array("weights").assign(1.0);
      plan.run();
      assertThat(plan.array(ce[1].name()).getDouble(0))
          .isCloseTo(Math.log(13), org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void a_target_outside_the_vocabulary_is_refused_unless_it_weighs_nothing() {
    Bench bench = new Bench("strange target");
    SDVariable[] ce = losses(bench, 2, 1, 9);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce[0]), worker)) {
      Run.fill(plan, bench);
      plan.assign("targets", Nd4j.createFromArray(3, 9));
      plan.assign("weights", Nd4j.createFromArray(new float[] {1, 0}));
      plan.run();
      plan.array("weights").assign(1.0);
      assertThatThrownBy(plan::run)
          .isInstanceOf(InputException.class)
          .hasMessage(
              "node seal_cross_entropy float32 [1]: row 1 has target 9 but there are 9 logits");
    }
  }

  @Test
  void rows_that_do_not_split_into_groups_are_refused() {
    Bench bench = new Bench("odd groups");
    assertThatThrownBy(() -> losses(bench, 5, 2, 9))
        .hasMessage("cross_entropy: logits must be float32 [2*m, v] but is logits float32 [5, 9]");
  }

  private static SDVariable[] losses(Bench bench, int rows, int groups, int vocabulary) {
    SDVariable logits = bench.floats("logits", rows, vocabulary);
    SDVariable targets = bench.ids("targets", vocabulary, rows);
    float[] weights = new float[rows];
    for (int i = 0; i < rows; i++) {
      weights[i] = i % 3 == 1 ? 0f : (float) (0.2 + bench.rng().nextDouble());
    }
    SDVariable w = bench.input("weights", Nd4j.createFromArray(weights));
    return CrossEntropy.of(bench.graph(), List.of(logits, targets, w), groups);
  }
}
