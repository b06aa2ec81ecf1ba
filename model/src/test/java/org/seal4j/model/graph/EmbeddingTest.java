package org.seal4j.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.InputException;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.Bench;
import org.seal4j.model.testing.GradientCheck;
import org.seal4j.model.testing.Run;
import org.seal4j.model.testing.TwinCheck;

class EmbeddingTest {

  @ParameterizedTest
  @CsvSource({"2,1,1", "5,7,1", "3,9,17", "33,5,4"})
  void a_look_up_matches_twin_and_differences(int vocabulary, int width, int rows) {
    for (boolean twin : new boolean[] {true, false}) {
      Bench bench = new Bench("embedding", vocabulary, width, rows);
      SDVariable table = bench.floats("table", vocabulary, width);
      SDVariable y = Embedding.of(bench.graph(), table, bench.ids("ids", vocabulary, rows));
      if (twin) {
        TwinCheck.of(bench, y);
      } else {
        GradientCheck.of(bench, y);
      }
    }
  }

  @Test
  void an_id_that_repeats_collects_the_gradients_of_all_its_rows() {
    Bench bench = new Bench("repeated ids");
    SDVariable table = bench.floats("table", 4, 3);
    SDVariable y = Embedding.of(bench.graph(), table, bench.ids("ids", new int[] {2, 2, 0, 2}));
    GradientCheck.of(bench, y);
  }

  @Test
  void an_id_outside_the_table_is_refused() {
    for (int id : new int[] {-1, 4}) {
      Bench bench = new Bench("strange id", id);
      SDVariable table = bench.fixed("table", 4, 3);
      SDVariable y = Embedding.of(bench.graph(), table, bench.ids("ids", new int[] {0, id}));
      try (Worker worker = new Worker();
          Plan plan = Plan.of(bench.graph(), List.of(y), worker)) {
        Run.fill(plan, bench);
        assertThatThrownBy(plan::run)
            .isInstanceOf(InputException.class)
            .hasMessage(
                "node seal_embedding float32 [2, 3]: row 1 asks for embedding %d of a table of 4"
                    .formatted(id));
      }
    }
  }

  @Test
  void a_table_that_stays_frozen_builds_no_gradient() {
    Bench bench = new Bench("frozen table");
    SDVariable table = bench.fixed("table", 4, 3);
    SDVariable y = Embedding.of(bench.graph(), table, bench.ids("ids", new int[] {0, 1}));
    int before = bench.graph().ops().size();
    GraphOp op = bench.graph().producer(y);
    assertThat(op.gradient(new SDVariable[] {y}, new boolean[2])).containsOnlyNulls();
    assertThat(bench.graph().ops()).hasSize(before);
  }
}
