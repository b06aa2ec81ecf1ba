package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.seal4j.model.plan.Worker;

/** Trains adapters that compete with each other, on one thread. */
final class RivalTrainer {
  private final GroupTrainer trainer;
  private final InnerLoopConfig config;
  private final Worker worker;
  private final SuccessiveHalving halving;
  private final Race race;

  /** One of the rivals: what it has done so far. */
  private static final class Rival {
    final int index;
    final InnerLoopTask task;
    final int total;
    double[] curve = {};
    double measure = Double.POSITIVE_INFINITY;

    Rival(int index, InnerLoopTask task, int total) {
      this.index = index;
      this.task = task;
      this.total = total;
    }

    /** Left off with a number that says nothing: worse than any other. */
    double rank() {
      return Double.isFinite(measure) ? measure : Double.POSITIVE_INFINITY;
    }
  }

  RivalTrainer(
      GroupTrainer trainer,
      InnerLoopConfig config,
      Worker worker,
      SuccessiveHalving halving,
      Race race) {
    this.trainer = trainer;
    this.config = config;
    this.worker = worker;
    this.halving = halving;
    this.race = race;
  }

  /**
   * Trains these tasks of the list until those left have come to their end.
   *
   * @param rivals indices into the list
   */
  void train(List<InnerLoopTask> tasks, List<Integer> rivals) {
    trainer.begin();
    List<Rival> left = new ArrayList<>();
    for (int i : rivals) {
      left.add(new Rival(i, tasks.get(i), tasks.get(i).steps(config.batch())));
    }
    Map<Rival, AdapterState> states = new HashMap<>();
    int done = 0;
    for (int steps : halving.after()) {
      int to = steps;
      if (left.size() > 1 && left.stream().allMatch(rival -> to < rival.total)) {
        for (List<Rival> group : groups(left)) {
          advance(group, states, done, to);
          measure(group);
          for (int place = 0; place < group.size(); place++) {
            states.put(group.get(place), trainer.state(place));
          }
        }
        done = to;
        left = best(left, states);
      }
    }
    for (List<Rival> group : groups(left)) {
      advance(group, states, done, Integer.MAX_VALUE);
      race.trained(adapters(group));
    }
  }

  /** Those that go on, in their old order; the others are told of. */
  private List<Rival> best(List<Rival> rivals, Map<Rival, AdapterState> states) {
    List<Rival> ranked =
        rivals.stream()
            .sorted(Comparator.comparingDouble(Rival::rank).thenComparingInt(rival -> rival.index))
            .toList();
    List<Rival> best = new ArrayList<>(ranked.subList(0, halving.left(rivals.size())));
    for (Rival rival : ranked.subList(best.size(), ranked.size())) {
      states.remove(rival);
      race.stopped(rival.index, rival.measure, rival.curve);
    }
    best.sort(Comparator.comparingInt(rival -> rival.index));
    return best;
  }

  private void advance(List<Rival> group, Map<Rival, AdapterState> states, int from, int to) {
    List<InnerLoopTask> tasks = group.stream().map(rival -> rival.task).toList();
    if (from == 0) {
      trainer.fresh(tasks);
    }
    for (int place = 0; from > 0 && place < group.size(); place++) {
      AdapterState state = states.get(group.get(place));
      if (state == null) {
        throw new IllegalStateException("rival %d left no state".formatted(group.get(place).index));
      }
      trainer.restore(place, state);
    }
    List<double[]> losses = trainer.advance(tasks, from, to);
    for (int place = 0; place < group.size(); place++) {
      Rival rival = group.get(place);
      rival.curve =
          DoubleStream.concat(DoubleStream.of(rival.curve), DoubleStream.of(losses.get(place)))
              .toArray();
    }
  }

  private void measure(List<Rival> group) {
    double[] measures = race.measure(adapters(group));
    for (int place = 0; place < group.size(); place++) {
      group.get(place).measure = measures[place];
    }
  }

  private AdapterGroup adapters(List<Rival> group) {
    return new AdapterGroup(
        trainer.bank(),
        group.stream().mapToInt(rival -> rival.index).toArray(),
        group.stream().map(rival -> rival.curve).toList(),
        worker);
  }

  /** Rivals that train together: of one padded length, those with most steps first. */
  private List<List<Rival>> groups(List<Rival> rivals) {
    List<Rival> ordered =
        rivals.stream()
            .sorted(
                Comparator.comparingInt((Rival rival) -> config.padded(rival.task.longest()))
                    .thenComparingInt(rival -> -rival.total)
                    .thenComparingInt(rival -> rival.index))
            .toList();
    List<List<Rival>> groups = new ArrayList<>();
    for (Rival rival : ordered) {
      List<Rival> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      boolean fits =
          !last.isEmpty()
              && last.size() < config.adaptersPerGroup()
              && config.padded(last.get(0).task.longest()) == config.padded(rival.task.longest());
      if (!fits) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(rival);
    }
    return groups;
  }
}
