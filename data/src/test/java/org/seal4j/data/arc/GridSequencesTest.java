package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;

class GridSequencesTest {
  private static final GridVocabulary VOCABULARY = new GridVocabulary(19, 18);
  private static final GridSequences SEQUENCES = new GridSequences(new GridCodec(VOCABULARY, 3, 3));
  private static final GridPair A = new GridPair(Grid.parse("12"), Grid.parse("3/4"));
  private static final GridPair B = new GridPair(Grid.parse("5"), Grid.parse("67"));

  @Test
  void an_example_is_written_as_documented_and_each_mask_marks_its_tokens() {
    //             in 1 2 out 3 sep 4 in 5 out 6 7 end
    int[] ids = {11, 1, 2, 12, 3, 10, 4, 11, 5, 12, 6, 7, 14};
    TokenSequence all = SEQUENCES.example(List.of(A), B, LossMask.ALL_TOKENS);
    assertThat(all.ids()).containsExactly(ids);
    assertThat(all.weights()).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(SEQUENCES.example(List.of(A), B, LossMask.OUTPUT_GRIDS).weights())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1);
    assertThat(SEQUENCES.example(List.of(A), B, LossMask.LAST_OUTPUT).weights())
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  void a_prompt_is_the_beginning_of_its_example() {
    Rng rng = RandomGrids.seeds("prompt").rng();
    for (int i = 0; i < 50; i++) {
      ArcTask task = RandomGrids.task(rng, 4, 3, 3);
      TokenSequence example = SEQUENCES.example(task, LossMask.OUTPUT_GRIDS);
      TokenSequence prompt = SEQUENCES.prompt(task.demonstrations(), task.test().input());
      assertThat(example.length()).isEqualTo(5 * 24 + 1);
      assertThat(prompt.ids()).isEqualTo(Arrays.copyOf(example.ids(), prompt.length()));
      assertThat(prompt.positions()).isEqualTo(Arrays.copyOf(example.positions(), prompt.length()));
      assertThat(prompt.ids()[prompt.length() - 1]).isEqualTo(GridVocabulary.OUT);
      assertThat(prompt.weights()).containsOnly(0);
    }
  }

  @Test
  void a_prompt_does_not_change_with_the_output_it_asks_for() {
    Rng rng = RandomGrids.seeds("hidden").rng();
    ArcTask task = RandomGrids.task(rng, 3, 3, 3);
    ArcTask other =
        new ArcTask(
            task.id(),
            task.family(),
            task.demonstrations(),
            new GridPair(task.test().input(), RandomGrids.sized(rng, 2, 1)));
    assertThat(SEQUENCES.prompt(other.demonstrations(), other.test().input()).ids())
        .isEqualTo(SEQUENCES.prompt(task.demonstrations(), task.test().input()).ids());
  }

  @Test
  void a_policy_example_weighs_outputs_edits_and_the_rest_apart() {
    int[] edit = {VOCABULARY.edit(3), VOCABULARY.edit(0)};
    TokenSequence sequence =
        SEQUENCES.policyExample(List.of(A, B), edit, new LossWeights(0.2f, 1f, 0.3f, 0.02f));
    assertThat(sequence.ids())
        .containsExactly(11, 1, 2, 12, 3, 10, 4, 11, 5, 12, 6, 7, 13, edit[0], edit[1]);
    assertThat(sequence.weights())
        .containsExactly(0, .02f, .02f, .02f, .2f, .2f, .2f, .2f, .02f, .02f, 1, 1, 1, .3f, .3f);
    TokenSequence prompt = SEQUENCES.policyPrompt(List.of(A, B));
    assertThat(prompt.ids()).isEqualTo(Arrays.copyOf(sequence.ids(), prompt.length()));
    assertThat(prompt.weights()).containsOnly(0);
    assertThatThrownBy(
            () -> SEQUENCES.policyExample(List.of(A), new int[] {3}, LossWeights.editOnly()))
        .hasMessageContaining("edit tokens only but has 3");
  }

  @Test
  void a_hint_comes_first_and_changes_nothing_else() {
    TokenSequence plain = SEQUENCES.example(List.of(A), B, LossMask.OUTPUT_GRIDS);
    TokenSequence hinted = SEQUENCES.hinted(plain, 5);
    assertThat(hinted.ids()[0]).isEqualTo(VOCABULARY.hint(5));
    assertThat(Arrays.copyOfRange(hinted.ids(), 1, hinted.length())).isEqualTo(plain.ids());
    assertThat(Arrays.copyOfRange(hinted.positions(), 1, hinted.length()))
        .isEqualTo(plain.positions());
    assertThat(Arrays.copyOfRange(hinted.weights(), 1, hinted.length())).isEqualTo(plain.weights());
  }

  @Test
  void a_task_fits_exactly_up_to_its_length_and_a_misfit_says_why() {
    ArcTask task = new ArcTask("t", "t", List.of(A), B);
    assertThat(SEQUENCES.fits(task, 13)).isTrue();
    assertThat(SEQUENCES.misfit(task, 12)).hasValue("takes 13 tokens but the limit is 12");
    ArcTask wide = new ArcTask("w", "w", List.of(A), new GridPair(Grid.parse("0000"), B.output()));
    assertThat(SEQUENCES.misfit(wide, 999)).hasValue("has a grid over the limit of 3 x 3");
  }
}
