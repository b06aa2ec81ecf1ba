package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.seed.Seeds;

class FamilyTest {
  private static final long SEED = Long.getLong("seal.test.seed", 5);

  static Stream<Family> families() {
    List<Family> all = new ArrayList<>();
    for (Pool pool : Pool.values()) {
      all.addAll(SynthTasks.families(pool));
    }
    all.addAll(OneDimensional.likeArc(Layout.row(8, 20)));
    all.addAll(OneDimensional.beyondArc(Layout.row(8, 20)));
    all.addAll(OneDimensional.compositions(Layout.row(8, 20)));
    return all.stream();
  }

  static Stream<Family> largeFamilies() {
    return TwoDimensional.families(Layout.sides(3, 10)).stream();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("families")
  void a_thousand_tasks_are_all_different_and_none_is_degenerate(Family family) {
    assertAllDifferentAndNoneDegenerate(family, 1000);
  }

  @ParameterizedTest
  @MethodSource("largeFamilies")
  @Tag("slow")
  void a_hundred_large_tasks_are_all_different_and_none_is_degenerate(Family family) {
    assertAllDifferentAndNoneDegenerate(family, 100);
  }

  private static void assertAllDifferentAndNoneDegenerate(Family family, int count) {
    Set<ArcTask> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      ArcTask task = family.task(Seeds.of(SEED).child("law", i).rng(), "same id", 4);
      if (!seen.add(task) || degenerate(task)) {
        fail("seed %d, task %d of %s: %s", SEED, i, family, task);
      }
    }
  }

  private static boolean degenerate(ArcTask task) {
    List<GridPair> pairs = new ArrayList<>(task.demonstrations());
    pairs.add(task.test());
    Set<Grid> inputs = new HashSet<>();
    boolean degenerate = false;
    for (GridPair pair : pairs) {
      String output = pair.output().toString().replace("/", "");
      boolean oneColor = output.isBlank() || output.replace(output.substring(0, 1), "").isEmpty();
      degenerate |= !inputs.add(pair.input()) || pair.output().equals(pair.input()) || oneColor;
    }
    for (GridPair shown : task.demonstrations()) {
      degenerate |= shown.output().equals(task.test().output());
    }
    return degenerate || pairs.size() != 5;
  }

  @ParameterizedTest
  @MethodSource("families")
  void the_same_seed_gives_the_same_task(Family family) {
    ArcTask once = family.task(Seeds.of(9).rng(), "a", 4);
    assertThat(family.task(Seeds.of(9).rng(), "a", 4)).isEqualTo(once);
    assertThat(family.task(Seeds.of(10).rng(), "a", 4)).isNotEqualTo(once);
  }
}
