package org.seal4j.rl.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Pool;
import org.seal4j.data.synth.SynthTasks;

/** Self-edits of grids as numbers. */
class GridFeaturesTest {
  private static final Seeds SEEDS = Seeds.of(Long.getLong("seal.test.seed", 31));
  private static final EditSchema SCHEMA = EditSchema.compact();
  private static final GridFeatures FEATURES = new GridFeatures(SCHEMA);
  private static final List<ArcTask> TASKS = SynthTasks.sample(Pool.RL, 4, SEEDS.child("tasks"));

  @Test
  void every_self_edit_has_as_many_numbers_between_0_and_1_and_its_own() {
    Rng rng = SEEDS.child("edits").rng();
    int size = 19 + 5 * 4 + 19 * 7;
    for (ArcTask task : TASKS) {
      FewShotEdit one = SCHEMA.draw(rng);
      FewShotEdit other = SCHEMA.draw(rng);
      double[] features = FEATURES.of(task, one);
      assertThat(features).hasSize(size);
      assertThat(Arrays.stream(features).boxed().toList()).allMatch(x -> x >= 0 && x <= 1);
      assertThat(Arrays.stream(features, 0, 19).sum()).as("one of each choice").isEqualTo(7);
      assertThat(Arrays.stream(features, 19, 39).sum()).as("one pair").isEqualTo(1);
      assertThat(Arrays.equals(FEATURES.of(task, other), features)).isEqualTo(one.equals(other));
    }
  }

  @Test
  void the_hidden_grid_has_no_part_in_them() {
    FewShotEdit edit = SCHEMA.draw(SEEDS.child("edit").rng());
    for (ArcTask task : TASKS) {
      Grid other = Grid.generate(2, 7, (row, column) -> (row + column) % 10);
      ArcTask changed =
          new ArcTask(
              task.id(),
              task.family(),
              task.demonstrations(),
              new GridPair(task.test().input(), other));
      assertThat(FEATURES.of(changed, edit)).containsExactly(FEATURES.of(task, edit));
    }
    assertThat(FEATURES.of(TASKS.get(0), edit)).isNotEqualTo(FEATURES.of(TASKS.get(1), edit));
  }
}
