package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

@Tag("slow")
class GroupTrainerTest {
  @Test
  void finished_adapters_stop_costing() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int epochs : new int[] {6, 2, 1}) {
      tasks.add(
          new InnerLoopTask(
              TinyTasks.sequences(2, 5, 9, Seeds.of(epochs)), 1e-3, epochs, Seeds.of(1)));
    }
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        GroupTrainer trainer = new GroupTrainer(weights, TinyTasks.config(4, 8), worker)) {
      List<double[]> curves = trainer.train(tasks);
      assertThat(curves).extracting(curve -> curve.length).containsExactly(6, 2, 1);
      // Steps: one with three adapters, one with two, four with one; each of 2 x 8 tokens.
      assertThat(trainer.rows()).isEqualTo((3 + 2 + 4 * 1) * 2 * 8);
    }
  }

  @Test
  void padded_to_the_step_only_steps_with_a_long_sequence_are_long() {
    List<TokenSequence> sequences = new ArrayList<>(TinyTasks.sequences(1, 13, 13, Seeds.of(1)));
    sequences.addAll(TinyTasks.sequences(3, 4, 5, Seeds.of(2)));
    InnerLoopTask task = new InnerLoopTask(sequences, 1e-3, 3, Seeds.of(3));
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        GroupTrainer trainer = new GroupTrainer(weights, TinyTasks.perStep(4), worker)) {
      trainer.train(List.of(task));
      // Each of three epochs: a step with the long sequence, and one without.
      assertThat(trainer.rows()).isEqualTo(3 * 2 * (12 + 4));
    }
  }

  @Test
  void a_hundred_inner_loops_allocate_nothing_off_heap() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Seeds seeds = Seeds.of(3).child("task", i);
      tasks.add(new InnerLoopTask(TinyTasks.sequences(2, 3, 5, seeds), 1e-3, 2 - i, seeds));
    }
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        GroupTrainer trainer = new GroupTrainer(weights, TinyTasks.config(2, 4), worker)) {
      trainer.train(tasks);
      long pooled = worker.buffers().bytes();
      // ND4J numbers every off-heap buffer and context that it makes.
      long before = Nd4j.getDeallocatorService().nextValue();
      for (int i = 0; i < 50; i++) {
        trainer.train(tasks);
      }
      assertThat(Nd4j.getDeallocatorService().nextValue()).isEqualTo(before + 1);
      assertThat(worker.buffers().bytes()).isEqualTo(pooled);
    }
  }
}
