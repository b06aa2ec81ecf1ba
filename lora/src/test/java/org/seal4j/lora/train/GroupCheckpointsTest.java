package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.SafeTensors;

class GroupCheckpointsTest {
  @TempDir Path folder;
  private final Weights weights = TinyModels.weights(1);
  private final List<InnerLoopTask> tasks = TinyTasks.different();
  private List<Outcome> whole;

  @BeforeEach
  void train_without_a_stop() {
    whole = TinyTasks.train(weights, tasks, TinyTasks.config(1, 4), 1);
  }

  @AfterEach
  void close() {
    weights.close();
  }

  private void train(int perGroup, int threads, int every, Consumer<AdapterGroup> done) {
    GroupCheckpoints checkpoints = new GroupCheckpoints(folder, "run/checkpoints", every);
    try (Workers workers = new Workers(threads);
        SftInnerLoop loop = new SftInnerLoop(weights, TinyTasks.config(perGroup, 4), workers)) {
      loop.train(tasks, checkpoints, done);
    }
  }

  private static void stop(AdapterGroup group) {
    throw new IllegalStateException("stopped before the adapters were kept");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 2, 2", "8, 1, 3"})
  void a_training_that_was_stopped_goes_on_to_the_same_bits(int perGroup, int threads, int every)
      throws IOException {
    assertThatThrownBy(() -> train(perGroup, threads, every, GroupCheckpointsTest::stop))
        .hasMessageContaining("stopped before");
    assertThat(files()).isNotEmpty();
    for (Path file : files()) {
      int step = Integer.parseInt(SafeTensors.metadata(file).get("step"));
      assertThat(step).isPositive().matches(s -> s % every == 0);
    }
    TreeMap<Integer, Outcome> outcomes = new TreeMap<>();
    train(
        perGroup,
        threads,
        every,
        group -> {
          for (int i = 0; i < group.tasks().length; i++) {
            byte[] bytes = TinyModels.bytes(TinyModels.single(group.bank(), i));
            synchronized (outcomes) {
              outcomes.put(group.tasks()[i], new Outcome(bytes, group.curves().get(i)));
            }
          }
        });
    assertThat(outcomes).hasSameSizeAs(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      assertThat(outcomes.get(i).curve()).as("task %d", i).containsExactly(whole.get(i).curve());
      assertThat(outcomes.get(i).adapter()).as("task %d", i).isEqualTo(whole.get(i).adapter());
    }
  }

  @Test
  void a_checkpoint_of_another_run_is_refused() {
    assertThatThrownBy(() -> train(3, 1, 1, GroupCheckpointsTest::stop)).isNotNull();
    GroupCheckpoints foreign = new GroupCheckpoints(folder, "other/checkpoints", 1);
    try (Workers workers = new Workers(1);
        SftInnerLoop loop = new SftInnerLoop(weights, TinyTasks.config(3, 4), workers)) {
      assertThatThrownBy(() -> loop.train(tasks, foreign, group -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("belongs to another training run");
    }
    assertThatThrownBy(() -> new GroupCheckpoints(folder, "run", 0))
        .hasMessage("checkpoints must be >= 1 steps apart but were 0");
  }
}
