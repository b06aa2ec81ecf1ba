package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;

class InferencePromptsTest {
  private static final Seeds SEEDS = RandomGrids.seeds("prompts");
  private static final ArcTask TASK = RandomGrids.task(SEEDS.child("task").rng(), 4, 3, 3);

  private static InferencePrompts of(InferencePromptsConfig config) {
    return new InferencePrompts(config, variant -> true);
  }

  @Test
  void every_inverse_turns_the_query_and_a_transformed_answer_back() {
    for (PromptVariant variant : of(InferencePromptsConfig.reference()).build(TASK, SEEDS)) {
      assertThat(variant.restore(variant.query())).isEqualTo(TASK.test().input());
      for (GridPair pair : variant.demonstrations()) {
        GridPair back = new GridPair(variant.restore(pair.input()), variant.restore(pair.output()));
        assertThat(TASK.demonstrations()).contains(back);
      }
    }
  }

  @Test
  void the_reference_prompts_leave_each_demonstration_out_and_show_five_transforms() {
    List<PromptVariant> variants = of(InferencePromptsConfig.reference()).build(TASK, SEEDS);
    assertThat(variants).hasSizeBetween(4 + 1 + 5, 4 * 3 + 5);
    assertThat(variants).allMatch(variant -> variant.demonstrations().size() == 3);
    List<PromptVariant> plain =
        variants.stream().filter(variant -> variant.category().equals("identity")).toList();
    assertThat(variants.subList(0, plain.size())).isEqualTo(plain);
    Set<Set<GridPair>> shown = new HashSet<>();
    plain.forEach(variant -> shown.add(new HashSet<>(variant.demonstrations())));
    assertThat(shown).hasSize(4);
    assertThat(variants.subList(plain.size(), variants.size()))
        .extracting(PromptVariant::category)
        .containsExactly(
            "transpose", "flip-vertical", "flip-horizontal", "rotate-90", "rotate-180");
  }

  @Test
  void prompts_have_no_duplicates_and_depend_on_the_seed_but_not_on_the_hidden_output() {
    InferencePrompts prompts = of(InferencePromptsConfig.reference());
    List<String> once = texts(prompts.build(TASK, SEEDS));
    assertThat(once).doesNotHaveDuplicates();
    GridPair other = new GridPair(TASK.test().input(), Grid.parse("7"));
    ArcTask changed = new ArcTask(TASK.id(), TASK.family(), TASK.demonstrations(), other);
    assertThat(texts(prompts.build(changed, SEEDS))).isEqualTo(once);
    assertThat(texts(prompts.build(TASK, SEEDS.child("other")))).isNotEqualTo(once);
  }

  private static List<String> texts(List<PromptVariant> variants) {
    return variants.stream().map(one -> one.demonstrations() + " " + one.query()).toList();
  }

  @Test
  void all_demonstrations_can_be_shown_alone_or_as_well() {
    List<PromptVariant> plain = of(InferencePromptsConfig.plain()).build(TASK, SEEDS);
    assertThat(plain).hasSize(1);
    assertThat(plain.get(0).demonstrations()).isEqualTo(TASK.demonstrations());
    InferencePromptsConfig both = new InferencePromptsConfig(List.of(0, 1), 0, false);
    assertThat(of(both).build(TASK, SEEDS))
        .extracting(variant -> variant.demonstrations().size())
        .containsExactly(4, 3, 3, 3, 3);
  }

  @Test
  void a_single_demonstration_is_always_shown() {
    ArcTask single = RandomGrids.task(SEEDS.child("single").rng(), 1, 2, 2);
    List<PromptVariant> variants = of(InferencePromptsConfig.reference()).build(single, SEEDS);
    assertThat(variants).hasSize(1 + 5);
    assertThat(variants).allMatch(variant -> variant.demonstrations().size() == 1);
  }

  @Test
  void transforms_that_do_not_fit_are_left_away_and_long_tasks_show_fewer_demonstrations() {
    ArcTask row = RandomGrids.task(SEEDS.child("row").rng(), 4, 1, 9);
    GridSequences sequences = new GridSequences(new GridCodec(new GridVocabulary(0, 0), 1, 9));
    InferencePrompts prompts =
        new InferencePrompts(
            InferencePromptsConfig.reference(),
            one -> sequences.fitsPrompt(one.demonstrations(), one.query(), 2 * 20 + 11));
    List<PromptVariant> variants = prompts.build(row, SEEDS);
    assertThat(variants).isNotEmpty().allMatch(variant -> variant.demonstrations().size() == 2);
    assertThat(variants).allMatch(variant -> variant.query().height() == 1);
    InferencePrompts none = new InferencePrompts(InferencePromptsConfig.reference(), one -> false);
    assertThat(none.build(row, SEEDS)).isEmpty();
  }

  @Test
  void bad_configurations_are_refused() {
    assertThatThrownBy(() -> new InferencePromptsConfig(List.of(), 0, false))
        .hasMessageContaining("leaveOut must list numbers 0 to 2");
    assertThatThrownBy(() -> new InferencePromptsConfig(List.of(3), 0, false))
        .hasMessageContaining("but was [3]");
    assertThatThrownBy(() -> new InferencePromptsConfig(List.of(0), -1, false))
        .hasMessageContaining("permutations must be in 0 to 1000 but was -1");
  }
}
