package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class TestTimeTrainingTest {
  private static final Seeds SEEDS = RandomGrids.seeds("test-time-training");
  private static final ArcTask TASK = RandomGrids.task(SEEDS.child("task").rng(), 4, 3, 3);
  private static final TestTimeTraining COMPACT = of(TestTimeTrainingConfig.compact());

  private static TestTimeTraining of(TestTimeTrainingConfig config) {
    return new TestTimeTraining(config, task -> true);
  }

  private static AugmentationFlags flags(String letters) {
    return new AugmentationFlags(
        letters.contains("b"),
        letters.contains("s"),
        letters.contains("c"),
        letters.contains("r"),
        letters.contains("p"));
  }

  private static String everything(AugmentationSchema schema) {
    return schema == AugmentationSchema.COMPACT ? "bcrp" : "bscr";
  }

  private static TestTimeTraining uncapped(AugmentationSchema schema) {
    List<Integer> leaveOut = schema == AugmentationSchema.COMPACT ? List.of(1) : List.of(1, 2);
    return of(new TestTimeTrainingConfig(schema, leaveOut, 30, 100_000, 2, 4, 2));
  }

  @ParameterizedTest
  @EnumSource
  void the_hidden_pair_is_never_used(AugmentationSchema schema) {
    Rng rng = SEEDS.child("hidden").rng();
    for (String letters : List.of("", everything(schema))) {
      List<ArcTask> sets = uncapped(schema).build(TASK, flags(letters), SEEDS);
      ArcTask other =
          new ArcTask(
              TASK.id(),
              TASK.family(),
              TASK.demonstrations(),
              new GridPair(RandomGrids.sized(rng, 9, 9), RandomGrids.sized(rng, 1, 1)));
      assertThat(uncapped(schema).build(other, flags(letters), SEEDS)).isEqualTo(sets);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_set_has_no_duplicates_and_depends_on_the_seed_alone(AugmentationSchema schema) {
    AugmentationFlags all = flags(everything(schema));
    List<ArcTask> set = uncapped(schema).build(TASK, all, SEEDS);
    assertThat(set).doesNotHaveDuplicates().hasSizeGreaterThan(40);
    assertThat(uncapped(schema).build(TASK, all, SEEDS)).isEqualTo(set);
    assertThat(uncapped(schema).build(TASK, all, SEEDS.child("other"))).isNotEqualTo(set);
  }

  @ParameterizedTest
  @EnumSource
  void without_tools_the_pseudo_tests_are_the_demonstrations_in_turn(AugmentationSchema schema) {
    List<ArcTask> set = uncapped(schema).build(TASK, AugmentationFlags.none(), SEEDS);
    for (int i = 0; i < 4; i++) {
      List<GridPair> rest = new ArrayList<>(TASK.demonstrations());
      GridPair test = rest.remove(i);
      assertThat(set).contains(new ArcTask(TASK.id(), TASK.family(), rest, test));
    }
    assertThat(set)
        .allMatch(made -> TASK.demonstrations().contains(made.test()))
        .allMatch(made -> TASK.demonstrations().containsAll(made.demonstrations()))
        .noneMatch(made -> made.demonstrations().contains(made.test()));
  }

  @Test
  void the_compact_tools_add_the_configured_numbers_of_copies() {
    assertThat(COMPACT.build(TASK, flags(""), SEEDS)).hasSize(4);
    assertThat(COMPACT.build(TASK, flags("b"), SEEDS)).hasSize(4 + 2 * 4);
    assertThat(COMPACT.build(TASK, flags("p"), SEEDS)).hasSize(4 + 4 * 4);
    assertThat(COMPACT.build(TASK, flags("c"), SEEDS)).hasSize(4 + 2 * 4);
    assertThat(COMPACT.build(TASK, flags("r"), SEEDS)).hasSize(2 * 4);
    assertThat(COMPACT.build(TASK, flags("bcrp"), SEEDS)).hasSize(2 * (4 + 8 + 16 + 8));
    TestTimeTraining one =
        of(new TestTimeTrainingConfig(AugmentationSchema.COMPACT, List.of(1), 30, 250, 1, 2, 3));
    assertThat(one.build(TASK, flags("bcp"), SEEDS)).hasSize(4 * (1 + 1 + 2 + 3));
  }

  @Test
  void one_compact_tool_does_not_change_what_another_draws() {
    List<ArcTask> colors = COMPACT.build(TASK, flags("p"), SEEDS);
    assertThat(COMPACT.build(TASK, flags("bcp"), SEEDS)).containsAll(colors);
  }

  @Test
  void compact_sequences_of_equal_grids_are_all_equally_long() {
    GridSequences sequences = new GridSequences(new GridCodec(new GridVocabulary(0, 0), 3, 3));
    assertThat(COMPACT.build(TASK, flags("bcrp"), SEEDS))
        .extracting(made -> sequences.example(made, LossMask.OUTPUT_GRIDS).length())
        .containsOnly(4 * 24 + 1);
  }

  @Test
  void the_compact_second_pass_has_the_same_pairs_in_another_order() {
    List<ArcTask> set = COMPACT.build(TASK, flags("r"), SEEDS);
    for (int i = 0; i < 4; i++) {
      ArcTask first = set.get(i);
      ArcTask second = set.get(4 + i);
      assertThat(second.test()).isEqualTo(first.test());
      assertThat(second.demonstrations())
          .isNotEqualTo(first.demonstrations())
          .containsExactlyInAnyOrderElementsOf(first.demonstrations());
    }
  }

  @Test
  void a_one_row_task_is_only_mirrored_along_its_row() {
    ArcTask row = RandomGrids.task(SEEDS.child("row").rng(), 3, 1, 9);
    List<ArcTask> set = COMPACT.build(row, flags("b"), SEEDS);
    assertThat(set).hasSize(3 + 3);
    assertThat(set.get(3)).isEqualTo(Augmenters.FLIP_HORIZONTAL.apply(set.get(0)));
  }

  @Test
  void the_reference_set_has_the_sizes_the_rules_give() {
    TestTimeTraining reference = uncapped(AugmentationSchema.REFERENCE);
    // 4 + 12 originals and as many in another order, less the orders that came out the same
    assertThat(reference.build(TASK, flags(""), SEEDS)).hasSizeBetween(17, 32);
    assertThat(reference.build(TASK, flags("s"), SEEDS)).hasSize(2 * 16 * (1 + 3));
    assertThat(reference.build(TASK, flags("c"), SEEDS)).hasSize(2 * 16 * (1 + 6));
    assertThat(reference.build(TASK, flags("r"), SEEDS)).hasSize(2 * 16 * (1 + 3));
    assertThat(reference.build(TASK, flags("bscr"), SEEDS))
        .hasSizeBetween(2 * 16 * (1 + 22), 2 * 16 * (1 + 23));
  }

  @Test
  void the_cap_keeps_a_shuffled_part() {
    List<ArcTask> whole = uncapped(AugmentationSchema.REFERENCE).build(TASK, flags("bscr"), SEEDS);
    List<ArcTask> capped = of(TestTimeTrainingConfig.reference()).build(TASK, flags("bscr"), SEEDS);
    assertThat(capped).hasSize(250).doesNotHaveDuplicates();
    assertThat(whole).containsAll(capped);
    assertThat(capped).isNotEqualTo(whole.subList(0, 250));
  }

  @Test
  void grids_that_grow_over_the_longest_side_and_tasks_that_do_not_fit_are_dropped() {
    ArcTask large = RandomGrids.task(SEEDS.child("large").rng(), 3, 16, 2);
    List<ArcTask> set = uncapped(AugmentationSchema.REFERENCE).build(large, flags("s"), SEEDS);
    assertThat(set).hasSize(2 * 9 * (1 + 1)); // only twice the width stays within 30
    GridSequences sequences = new GridSequences(new GridCodec(new GridVocabulary(0, 0), 30, 30));
    TestTimeTraining small =
        new TestTimeTraining(
            TestTimeTrainingConfig.reference(), made -> sequences.fits(made, 2 * 2 * 48 + 1));
    assertThat(small.build(large, flags("s"), SEEDS))
        .isNotEmpty()
        .allMatch(made -> made.demonstrations().size() == 1)
        .allMatch(made -> made.test().input().width() == 2);
  }

  @Test
  void a_tool_that_a_schema_does_not_offer_and_a_task_too_small_are_refused() {
    assertThatThrownBy(() -> COMPACT.build(TASK, flags("s"), SEEDS))
        .hasMessageContaining("no size augmentation");
    assertThatThrownBy(() -> uncapped(AugmentationSchema.REFERENCE).build(TASK, flags("p"), SEEDS))
        .hasMessageContaining("no color flag");
    ArcTask single = RandomGrids.task(SEEDS.child("single").rng(), 1, 2, 2);
    assertThatThrownBy(() -> COMPACT.build(single, flags(""), SEEDS))
        .hasMessageContaining("random has 1 demonstration");
  }
}
