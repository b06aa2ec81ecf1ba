package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.TinyTasks.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;

@Tag("slow")
class RivalTrainerTest {
  private static final List<List<Integer>> RIVALS = List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6));
  private static final SuccessiveHalving HALVING = new SuccessiveHalving(List.of(2, 4), 0.5);

  private static Weights weights;
  private static List<InnerLoopTask> tasks;
  private static List<Outcome> alone;

  /** Seven tasks of two padded lengths and six to nine steps. */
  @BeforeAll
  static void train_every_task_alone() {
    weights = TinyModels.weights(1);
    tasks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Seeds seeds = Seeds.of(TinyTasks.SEED).child("rival", i);
      int longest = i % 2 == 0 ? 13 : 9;
      tasks.add(
          new InnerLoopTask(
              TinyTasks.sequences(6, longest - 2, longest, seeds),
              (1 + i) * 3e-3,
              2 + i % 2,
              seeds));
    }
    alone = TinyTasks.train(weights, tasks, TinyTasks.config(1, 4), 1);
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  /** What was heard of a race. */
  private static class Heard implements Race {
    final Map<Integer, Outcome> trained = new TreeMap<>();
    final Map<Integer, double[]> stopped = new TreeMap<>();
    final Map<Integer, List<Double>> measured = new TreeMap<>();

    @Override
    public synchronized double[] measure(AdapterGroup group) {
      double[] measures = new double[group.tasks().length];
      for (int i = 0; i < measures.length; i++) {
        double[] curve = group.curves().get(i);
        measures[i] = curve[curve.length - 1];
        measured.computeIfAbsent(group.tasks()[i], t -> new ArrayList<>()).add(measures[i]);
      }
      return measures;
    }

    @Override
    public synchronized void stopped(int task, double measure, double[] curve) {
      stopped.put(task, curve);
      assertThat(measured.get(task)).endsWith(measure);
    }

    @Override
    public synchronized void trained(AdapterGroup group) {
      for (int i = 0; i < group.tasks().length; i++) {
        byte[] bytes = TinyModels.bytes(TinyModels.single(group.bank(), i));
        trained.put(group.tasks()[i], new Outcome(bytes, group.curves().get(i)));
      }
    }
  }

  private static Heard race(InnerLoopConfig config, int threads, SuccessiveHalving halving) {
    return race(config, threads, halving, new Heard());
  }

  private static Heard race(
      InnerLoopConfig config, int threads, SuccessiveHalving halving, Heard heard) {
    try (Workers workers = new Workers(threads);
        SftInnerLoop loop = new SftInnerLoop(weights, config, workers)) {
      loop.train(tasks, RIVALS, halving, heard);
    }
    return heard;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "8, 2"})
  void those_that_come_to_their_end_are_those_trained_alone_bit_for_bit(int group, int threads) {
    Heard heard = race(TinyTasks.config(group, 4), threads, HALVING);
    assertThat(heard.trained).as("with -Dseal.test.seed=%d", TinyTasks.SEED).hasSize(2);
    assertThat(heard.stopped).hasSize(5);
    heard.trained.forEach(
        (task, outcome) -> {
          assertThat(outcome.curve()).containsExactly(alone.get(task).curve());
          assertThat(outcome.adapter()).isEqualTo(alone.get(task).adapter());
        });
    heard.stopped.forEach(
        (task, curve) -> {
          assertThat(curve).hasSizeBetween(2, 4);
          assertThat(curve).containsExactly(Arrays.copyOf(alone.get(task).curve(), curve.length));
        });
  }

  @Test
  void of_the_rivals_at_each_measurement_the_lower_half_goes_on() {
    Heard heard = race(TinyTasks.config(1, 4), 1, HALVING);
    for (List<Integer> rivals : RIVALS) {
      List<Integer> left = new ArrayList<>(rivals);
      for (int steps : HALVING.after()) {
        left.sort((one, other) -> Double.compare(loss(one, steps), loss(other, steps)));
        left = new ArrayList<>(left.subList(0, HALVING.left(left.size())));
      }
      assertThat(left)
          .singleElement()
          .satisfies(best -> assertThat(heard.trained).containsKey(best));
    }
  }

  private static double loss(int task, int steps) {
    return alone.get(task).curve()[steps - 1];
  }

  @Test
  void equal_rivals_go_by_their_place_and_numbers_that_are_none_come_last() {
    Heard equal =
        race(
            TinyTasks.config(1, 4),
            1,
            HALVING,
            new Heard() {
              @Override
              public double[] measure(AdapterGroup group) {
                super.measure(group);
                return Arrays.stream(group.tasks())
                    .mapToDouble(task -> task == 0 || task == 4 ? Double.NaN : 1)
                    .toArray();
              }

              @Override
              public void stopped(int task, double measure, double[] curve) {
                stopped.put(task, curve);
              }
            });
    assertThat(equal.trained).containsOnlyKeys(1, 5);
  }

  @Test
  void whoever_has_no_rival_or_would_be_at_the_end_is_not_measured() {
    Heard late = race(TinyTasks.config(1, 4), 1, new SuccessiveHalving(List.of(50), 0.5));
    assertThat(late.measured).isEmpty();
    assertThat(late.trained).hasSize(tasks.size());
    Heard narrow = race(TinyTasks.config(1, 4), 1, new SuccessiveHalving(List.of(1, 2, 3), 0.1));
    assertThat(narrow.measured.values()).allSatisfy(all -> assertThat(all).hasSize(1));
    assertThat(narrow.trained).hasSize(2);
  }

  @Test
  void what_cannot_be_is_refused() {
    assertThatThrownBy(() -> new SuccessiveHalving(List.of(), 0.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("halving.after is empty");
    assertThatThrownBy(() -> new SuccessiveHalving(List.of(4, 4), 0.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ascending numbers of steps from 1, not [4, 4]");
    assertThatThrownBy(() -> new SuccessiveHalving(List.of(4), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("halving.keep must be above 0 and below 1 but was 1.0");
  }
}
