package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;

class InnerLoopTaskTest {
  private static final List<TokenSequence> DATA = TinyTasks.sequences(7, 3, 9, Seeds.of(1));

  @Test
  void an_epoch_shows_every_sequence_once_in_an_order_of_its_own() {
    InnerLoopTask task = new InnerLoopTask(DATA, 1e-3, 3, Seeds.of(2));
    assertThat(task.steps(3)).isEqualTo(9);
    List<List<TokenSequence>> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      List<TokenSequence> seen = new ArrayList<>();
      for (int step = 0; step < 3; step++) {
        List<TokenSequence> batch = task.batch(3 * epoch + step, 3);
        assertThat(batch).hasSize(step == 2 ? 1 : 3);
        seen.addAll(batch);
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(DATA);
      epochs.add(seen);
    }
    assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1)).isNotEqualTo(DATA);
  }

  @Test
  void the_order_depends_on_the_seed_alone() {
    InnerLoopTask task = new InnerLoopTask(DATA, 1e-3, 3, Seeds.of(2));
    InnerLoopTask same = new InnerLoopTask(DATA, 1e-2, 9, Seeds.of(2));
    InnerLoopTask other = new InnerLoopTask(DATA, 1e-3, 3, Seeds.of(3));
    assertThat(task.batch(4, 7)).isEqualTo(same.batch(4, 7)).isNotEqualTo(other.batch(4, 7));
  }

  @Test
  void what_stands_in_every_batch_takes_places_of_the_others() {
    List<TokenSequence> always = TinyTasks.sequences(2, 3, 9, Seeds.of(5));
    InnerLoopTask task = new InnerLoopTask(DATA, always, 1e-3, 2, Seeds.of(2));
    assertThat(task.steps(5)).isEqualTo(6); // 7 of 3 places, twice
    List<TokenSequence> seen = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      List<TokenSequence> batch = task.batch(step, 5);
      assertThat(batch.subList(0, 2)).isEqualTo(always);
      seen.addAll(batch.subList(2, batch.size()));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(DATA);
    assertThatThrownBy(() -> task.batch(0, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("a batch of 2 has no place beside the 2 sequences that stand in every batch");
  }

  @Test
  void a_task_without_data_rate_or_epochs_is_refused() {
    assertThatThrownBy(() -> new InnerLoopTask(List.of(), 1e-3, 1, Seeds.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least one training sequence");
    assertThatThrownBy(() -> new InnerLoopTask(DATA, Double.NaN, 1, Seeds.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("learning rate must be finite and > 0 but was NaN");
    assertThatThrownBy(() -> new InnerLoopTask(DATA, 1e-3, 0, Seeds.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("epochs must be >= 1 but were 0");
  }
}
