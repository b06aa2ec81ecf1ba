package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Worker;

class PenalizedInnerLoopTest {

  private static byte[] adapter(PenalizedInnerLoop loop) {
    return TinyModels.bytes(TinyModels.single(loop.bank(), 0));
  }

  @Test
  @Tag("slow")
  void without_penalties_an_adapter_has_the_bits_of_the_plain_inner_loop() {
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(weights, TinyTasks.config(1, 4), worker)) {
      for (InnerLoopTask task : TinyTasks.different()) {
        Outcome plain = TinyTasks.train(weights, List.of(task), TinyTasks.config(1, 4), 1).get(0);
        assertThat(loop.train(task, List.of())).containsExactly(plain.curve());
        assertThat(adapter(loop)).isEqualTo(plain.adapter());
        assertThat(loop.isSound()).isTrue();
      }
    }
  }

  @Test
  void weights_that_were_merged_into_are_trained_on_as_fresh_ones_are() {
    List<InnerLoopTask> tasks = TinyTasks.different();
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(weights, TinyTasks.config(1, 4), worker)) {
      loop.train(tasks.get(0), List.of());
      Merge.merge(weights, loop.bank(), 0).close();
      double[] curve = loop.train(tasks.get(1), List.of());
      Outcome fresh =
          TinyTasks.train(weights, List.of(tasks.get(1)), TinyTasks.config(1, 4), 1).get(0);
      assertThat(curve).containsExactly(fresh.curve());
      assertThat(adapter(loop)).isEqualTo(fresh.adapter());
    }
  }

  @Test
  void a_penalty_sees_every_step_adds_to_the_loss_and_bends_the_adapter() {
    InnerLoopTask task =
        new InnerLoopTask(TinyTasks.sequences(2, 8, 9, Seeds.of(5)), 1e-2, 8, Seeds.of(6));
    List<Integer> seen = new ArrayList<>();
    Penalty shrinking =
        (step, bank, gradients) -> {
          seen.add(step);
          for (Tensor gradient : gradients) {
            for (int i = 0; i < gradient.length(); i++) {
              gradient.f().put(i, gradient.f().get(i) + 10f);
            }
          }
          return 1000;
        };
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(weights, TinyTasks.config(1, 4), worker)) {
      double[] plain = loop.train(task, List.of());
      byte[] before = adapter(loop);
      double[] bent = loop.train(task, List.of(shrinking));
      assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
      assertThat(bent[0]).isEqualTo(plain[0] + 1000);
      assertThat(adapter(loop)).isNotEqualTo(before);
    }
  }

  @Test
  void an_adapter_that_diverged_is_not_sound_and_leaves_nothing_behind() {
    InnerLoopTask task = TinyTasks.different().get(4);
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(weights, TinyTasks.config(1, 4), worker)) {
      loop.train(task, List.of());
      byte[] good = adapter(loop);
      loop.train(new InnerLoopTask(task.sequences(), 1e30, 6, task.seeds()), List.of());
      assertThat(loop.isSound()).isFalse();
      loop.train(task, List.of());
      assertThat(adapter(loop)).isEqualTo(good);
    }
  }
}
