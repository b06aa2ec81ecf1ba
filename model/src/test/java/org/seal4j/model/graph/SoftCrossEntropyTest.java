package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class SoftCrossEntropyTest {

  @ParameterizedTest
  @CsvSource({"1,1,2", "3,1,7", "6,3,9", "5,5,17", "10,2,33", "2,1,1033"})
  void losses_match_twin_and_differences_under_any_upstream(int rows, int groups, int vocabulary) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("soft cross-entropy", rows, groups, vocabulary);
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

  @Test
  void a_model_that_agrees_with_its_teacher_costs_the_entropy_and_is_left_alone() {
    int v = 9;
    Bench bench = new Bench("agreement");
    SDVariable[] ce = losses(bench, 3, 1, v);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce), worker)) {
      Run.fill(plan, bench);
      double entropy = 0;
      INDArray logits = plan.array("logits");
      for (int r = 0; r < 3; r++) {
        double sum = 0;
        for (int j = 0; j < v; j++) {
          sum += Math.exp(logits.getDouble(r, j));
        }
        for (int j = 0; j < v; j++) {
          double p = Math.exp(logits.getDouble(r, j)) / sum;
          plan.array("targets").putScalar(r, j, p);
          entropy -= p * Math.log(p);
        }
      }
      plan.array("weights").assign(1.0);
      plan.run();
      assertThat(plan.array(ce[0].name()).getDouble(0)).isCloseTo(entropy, offset(1e-5));
      assertThat(plan.array(ce[1].name()).amaxNumber().doubleValue()).isLessThan(1e-6);
    }
  }

  @Test
  void a_row_of_weight_zero_has_neither_loss_nor_gradient() {
    Bench bench = new Bench("weight zero");
    SDVariable[] ce = losses(bench, 4, 2, 9);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce), worker)) {
      Run.fill(plan, bench);
      plan.assign("weights", Nd4j.createFromArray(new float[] {0, 1, 0, 0}));
      plan.run();
      assertThat(plan.array(ce[0].name()).getDouble(0)).isPositive();
      assertThat(plan.array(ce[0].name()).getDouble(1)).isZero();
      for (int row : new int[] {0, 2, 3}) {
        assertThat(plan.array(ce[1].name()).getRow(row).amaxNumber().doubleValue()).isZero();
      }
    }
  }

  @Test
  void targets_of_another_shape_and_odd_groups_are_refused() {
    Bench bench = new Bench("shapes");
    SDVariable logits = bench.floats("logits", 4, 9);
    SDVariable targets = bench.fixed("targets", 4, 8);
    SDVariable weights = bench.fixed("weights", 4);
    assertThatThrownBy(
            () -> SoftCrossEntropy.of(bench.graph(), List.of(logits, targets, weights), 1))
        .hasMessage(
            "soft_cross_entropy: targets must be float32 [4, 9] but is targets float32 [4, 8],"
                + " beside logits float32 [4, 9], weights float32 [4]");
    SDVariable right = bench.fixed("right", 4, 9);
    assertThatThrownBy(() -> SoftCrossEntropy.of(bench.graph(), List.of(logits, right, weights), 3))
        .hasMessage(
            "soft_cross_entropy: logits must be float32 [3*m, v] but is logits float32 [4, 9]");
  }

  private static SDVariable[] losses(Bench bench, int rows, int groups, int vocabulary) {
    SDVariable logits = bench.floats("logits", rows, vocabulary);
    float[][] targets = new float[rows][vocabulary];
    float[] weights = new float[rows];
    for (int i = 0; i < rows; i++) {
      weights[i] = i % 3 == 1 ? 0f : (float) (0.2 + bench.rng().nextDouble());
      for (int j = 0; j < vocabulary; j++) {
        targets[i][j] = (float) bench.rng().nextDouble() / vocabulary;
      }
    }
    SDVariable p = bench.input("targets", Nd4j.createFromArray(targets));
    SDVariable w = bench.input("weights", Nd4j.createFromArray(weights));
    return SoftCrossEntropy.of(bench.graph(), List.of(logits, p, w), groups);
  }
}
