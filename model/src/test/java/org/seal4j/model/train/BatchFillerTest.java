package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.LmInputs;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

class BatchFillerTest {
  private static final ModelConfig MODEL =
      ModelConfig.small(9, 4, 1, 1, 4).withPairPositions(5, 100);
  private static final BatchShape SHAPE = new BatchShape(3, 4);

  @Test
  void a_row_is_the_sequence_shifted_by_one_and_padded_without_loss() {
    try (Weights weights = Weights.zeros(MODEL);
        Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, SHAPE, worker)) {
      BatchFiller filler = new BatchFiller(step.plan(), SHAPE);
      filler.fill(0, List.of(five(), five(), five()), 1);
      filler.fill(1, List.of(three(), one()), 0.5);
      assertThat(ints(step, LmInputs.IDS)).containsExactly(1, 2, 3, 4, 6, 7, 0, 0, 8, 0, 0, 0);
      assertThat(ints(step, LmStep.TARGETS)).containsExactly(2, 3, 4, 5, 7, 8, 0, 0, 0, 0, 0, 0);
      assertThat(ints(step, LmInputs.POSITIONS))
          .containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
      assertThat(ints(step, LmInputs.PAIR_POSITIONS))
          .containsExactly(0, 1, 2, 3, 4, 3, 0, 0, 2, 0, 0, 0);
      assertThat(step.plan().array(LmStep.LOSS_WEIGHTS).toFloatVector())
          .containsExactly(0.25f, 0.5f, 0, 1, 1, 0.5f, 0, 0, 0, 0, 0, 0);
      filler.clear(1, 2);
      assertThat(ints(step, LmInputs.IDS)).containsExactly(1, 2, 3, 4, 0, 0, 0, 0, 8, 0, 0, 0);
      assertThat(step.plan().array(LmStep.LOSS_WEIGHTS).toFloatVector())
          .containsExactly(0.25f, 0.5f, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void lengths_and_weights_count_what_is_predicted() {
    assertThat(BatchFiller.inputLength(five())).isEqualTo(4);
    assertThat(BatchFiller.inputLength(one())).isEqualTo(1);
    assertThat(BatchFiller.weight(five())).isEqualTo(1.75);
    assertThat(BatchFiller.weight(one())).isZero();
  }

  @Test
  void a_sequence_longer_than_the_plan_is_refused() {
    try (Weights weights = Weights.random(MODEL, 1, 1, Seeds.of(1));
        Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, new BatchShape(3, 3), worker)) {
      BatchFiller filler = new BatchFiller(step.plan(), new BatchShape(3, 3));
      assertThatThrownBy(() -> filler.fill(0, List.of(five()), 1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a sequence of 5 tokens does not fit a plan of 4");
    }
  }

  private static int[] ints(LmStep step, String name) {
    return step.plan().array(name).toIntVector();
  }

  private static TokenSequence five() {
    return new TokenSequence(
        new int[] {1, 2, 3, 4, 5}, new int[] {0, 1, 2, 3, 4}, new float[] {9, 0.25f, 0.5f, 0, 1});
  }

  private static TokenSequence three() {
    return new TokenSequence(new int[] {6, 7, 8}, new int[] {4, 3, 2}, new float[] {0, 2, 1});
  }

  private static TokenSequence one() {
    return new TokenSequence(new int[] {8}, new int[] {2}, new float[] {1});
  }
}
