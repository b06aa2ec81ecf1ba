package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.run.Seeds;

class FamilyTest {

  static Stream<Family> families() {
    List<Family> all = new ArrayList<>();
    for (Pool pool : Pool.values()) {
      all.addAll(SynthTasks.families(pool));
    }
    all.addAll(OneDimensional.likeArc(Layout.row(8, 20)));
    all.addAll(OneDimensional.beyondArc(Layout.row(8, 20)));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void a_thousand_tasks_are_all_different_and_none_is_degenerate(Family family) {
    Set<ArcTask> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      ArcTask task = family.task(Seeds.of(5).child("law", i).rng(), "same id", 4);
      assertThat(seen.add(task)).isTrue();
      assertNotDegenerate(task);
    }
  }

  private static void assertNotDegenerate(ArcTask task) {
    assertThat(task.demonstrations()).hasSize(4);
    List<GridPair> pairs = new ArrayList<>(task.demonstrations());
    pairs.add(task.test());
    Set<Grid> inputs = new HashSet<>();
    for (GridPair pair : pairs) {
      inputs.add(pair.input());
      assertThat(pair.output()).isNotEqualTo(pair.input());
      assertThat(pair.output().toString().chars().distinct().filter(c -> c != '/').count())
          .isGreaterThan(1);
    }
    assertThat(inputs).hasSize(5);
    assertThat(task.demonstrations().stream().map(GridPair::output))
        .doesNotContain(task.test().output());
  }

  @ParameterizedTest
  @MethodSource("families")
  void the_same_seed_gives_the_same_task(Family family) {
    ArcTask once = family.task(Seeds.of(9).rng(), "a", 4);
    assertThat(family.task(Seeds.of(9).rng(), "a", 4)).isEqualTo(once);
    assertThat(family.task(Seeds.of(10).rng(), "a", 4)).isNotEqualTo(once);
  }
}
