package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;

class SynthTasksTest {

  @ParameterizedTest
  @EnumSource(Pool.class)
  void a_longer_sample_begins_with_the_shorter_one(Pool pool) {
    List<ArcTask> longer = SynthTasks.sample(pool, 70, Seeds.of(1));
    assertThat(SynthTasks.sample(pool, 30, Seeds.of(1))).isEqualTo(longer.subList(0, 30));
    assertThat(SynthTasks.sample(pool, 30, Seeds.of(2))).doesNotContainAnyElementsOf(longer);
  }

  @Test
  void ids_name_pool_family_and_running_number() {
    List<ArcTask> tasks = SynthTasks.sample(Pool.DEVELOPMENT, 40, Seeds.of(1));
    assertThat(tasks.get(0).id()).isEqualTo("dev/col1+fill/0000");
    assertThat(tasks)
        .extracting(ArcTask::id)
        .contains("dev/flipv+fill/0003")
        .doesNotHaveDuplicates();
    assertThat(tasks.get(3).family()).isEqualTo("skew-right+fill");
  }

  @Test
  void pools_are_large_enough_and_share_no_name() {
    List<String> names = new ArrayList<>();
    for (Pool pool : Pool.values()) {
      SynthTasks.families(pool).forEach(family -> names.add(family.name()));
    }
    assertThat(names).doesNotHaveDuplicates();
    assertThat(SynthTasks.families(Pool.PRETRAINING)).hasSizeGreaterThanOrEqualTo(40);
    assertThat(SynthTasks.families(Pool.RL)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(SynthTasks.families(Pool.DEVELOPMENT)).hasSizeGreaterThanOrEqualTo(8);
    assertThat(SynthTasks.families(Pool.CONFIRMATION)).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void every_part_of_a_held_out_composition_is_pretrained() {
    HashSet<String> pretrained = new HashSet<>();
    SynthTasks.families(Pool.PRETRAINING).forEach(family -> pretrained.add(family.name()));
    for (Pool pool : List.of(Pool.RL, Pool.DEVELOPMENT, Pool.CONFIRMATION)) {
      for (Family family : SynthTasks.families(pool)) {
        if (family.name().contains("+")) {
          assertThat(pretrained).contains(family.name().split("\\+", -1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pool.class)
  void families_work_on_rectangles_of_any_size(Pool pool) {
    Layout layout = new Layout(3, 7, 4, 10, false);
    List<Family> families = SynthTasks.families(pool, layout);
    for (ArcTask task : SynthTasks.sample("any", families, 3, 5 * families.size(), Seeds.of(4))) {
      assertThat(task.test().input().height()).isBetween(3, 7);
      assertThat(task.test().input().width()).isBetween(4, 10);
    }
  }

  @Test
  void sides_below_three_are_refused() {
    assertThatThrownBy(() -> SynthTasks.families(Pool.RL, Layout.square(2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sides must be >= 3");
  }

  @Test
  void an_unknown_part_is_named() {
    assertThatThrownBy(() -> Family.named("flipv+fil", SynthTasks.LAYOUT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no primitive 'fil' (in family 'flipv+fil')");
  }
}
