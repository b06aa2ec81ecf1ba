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
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class SparseCrossEntropyTest {

  @ParameterizedTest
  @CsvSource({"1,1,2,1", "3,1,7,2", "6,3,9,4", "5,5,17,3", "10,2,33,5", "2,1,1033,20"})
  void losses_match_twin_and_differences_under_any_upstream(int rows, int groups, int v, int k) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("sparse cross-entropy", rows, groups, v, k);
      SDVariable[] ce = losses(bench, rows, groups, v, k);
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
  void one_certain_token_is_the_cross_entropy_bit_for_bit() {
    int rows = 6;
    Bench bench = new Bench("certain");
    SDVariable logits = bench.floats("logits", rows, 41);
    SDVariable targets = bench.ids("targets", 41, rows);
    SDVariable weights = bench.fixed("weights", rows);
    SDVariable ids = bench.input("ids", Nd4j.concat(1, column(bench), column(bench)));
    float[][] certain = new float[rows][2];
    for (float[] row : certain) {
      row[0] = 1f;
    }
    SDVariable p = bench.input("p", Nd4j.createFromArray(certain));
    SDVariable[] hard = CrossEntropy.of(bench.graph(), List.of(logits, targets, weights), 2);
    SDVariable[] soft = SparseCrossEntropy.of(bench.graph(), List.of(logits, ids, p, weights), 2);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(hard[0], hard[2], soft[0], soft[1]), worker)) {
      Run.fill(plan, bench);
      plan.run();
      assertThat(plan.array(soft[0].name())).isEqualTo(plan.array(hard[0].name()));
      assertThat(plan.array(soft[1].name()).dup().data().asFloat())
          .isEqualTo(plan.array(hard[2].name()).dup().data().asFloat());
    }
  }

  private static org.nd4j.linalg.api.ndarray.INDArray column(Bench bench) {
    return bench.values().get("targets").reshape(-1, 1);
  }

  @Test
  void every_token_of_a_teacher_is_the_soft_cross_entropy() {
    int rows = 4;
    int v = 9;
    Bench bench = new Bench("all tokens");
    SDVariable logits = bench.floats("logits", rows, v);
    int[][] all = new int[rows][v];
    float[][] held = new float[rows][v];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < v; j++) {
        all[r][j] = j;
        held[r][j] = (float) bench.rng().nextDouble() / v;
      }
    }
    SDVariable ids = bench.input("ids", Nd4j.createFromArray(all));
    SDVariable p = bench.input("p", Nd4j.createFromArray(held));
    SDVariable weights = bench.fixed("weights", rows);
    SDVariable[] sparse = SparseCrossEntropy.of(bench.graph(), List.of(logits, ids, p, weights), 1);
    SDVariable[] soft = SoftCrossEntropy.of(bench.graph(), List.of(logits, p, weights), 1);
    try (Worker worker = new Worker();
        Plan plan =
            Plan.of(bench.graph(), List.of(sparse[0], sparse[1], soft[0], soft[1]), worker)) {
      Run.fill(plan, bench);
      plan.run();
      for (int i = 0; i < 2; i++) {
        assertThat(plan.array(sparse[i].name()).equalsWithEps(plan.array(soft[i].name()), 1e-6))
            .isTrue();
      }
    }
  }

  @Test
  void an_id_outside_the_vocabulary_and_odd_shapes_are_refused() {
    Bench bench = new Bench("shapes");
    SDVariable logits = bench.floats("logits", 2, 5);
    SDVariable ids = bench.input("ids", Nd4j.createFromArray(new int[][] {{1, 5}, {0, 2}}));
    SDVariable p = bench.input("p", Nd4j.createFromArray(new float[][] {{1, 0}, {1, 0}}));
    SDVariable odd = bench.input("odd", Nd4j.createFromArray(new float[][] {{1}, {1}}));
    SDVariable weights = bench.input("weights", Nd4j.createFromArray(new float[] {1, 1}));
    assertThatThrownBy(
            () -> SparseCrossEntropy.of(bench.graph(), List.of(logits, ids, odd, weights), 1))
        .hasMessageContaining("probabilities must be float32 [2, 2]");
    SDVariable[] ce = SparseCrossEntropy.of(bench.graph(), List.of(logits, ids, p, weights), 1);
    try (Worker worker = new Worker();
        Plan plan = Plan.of(bench.graph(), List.of(ce), worker)) {
      Run.fill(plan, bench);
      assertThatThrownBy(plan::run).hasStackTraceContaining("row 0 has target 5");
    }
  }

  private static SDVariable[] losses(Bench bench, int rows, int groups, int v, int k) {
    SDVariable logits = bench.floats("logits", rows, v);
    int[][] ids = new int[rows][k];
    float[][] held = new float[rows][k];
    float[] weights = new float[rows];
    for (int i = 0; i < rows; i++) {
      weights[i] = i % 3 == 1 ? 0f : (float) (0.2 + bench.rng().nextDouble());
      int[] order = bench.rng().permutation(v);
      for (int j = 0; j < k; j++) {
        ids[i][j] = j == k - 1 && k > 2 ? order[0] : order[j]; // one id twice
        held[i][j] = (float) bench.rng().nextDouble() / k;
      }
    }
    SDVariable t = bench.input("ids", Nd4j.createFromArray(ids));
    SDVariable p = bench.input("p", Nd4j.createFromArray(held));
    SDVariable w = bench.input("weights", Nd4j.createFromArray(weights));
    return SparseCrossEntropy.of(bench.graph(), List.of(logits, t, p, w), groups);
  }
}
