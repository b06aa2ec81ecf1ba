package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;

/**
 * Supervised fine-tuning of many independent adapters over one frozen base (SEAL's inner loop):
 * groups of adapters train in one graph, groups run on worker threads.
 *
 * <p>Laws: an adapter's bits depend on its own task alone, not on its group, the other tasks or the
 * number of threads; the base is bit-equal before and after.
 */
public final class SftInnerLoop implements AutoCloseable {
  private final Weights weights;
  private final InnerLoopConfig config;
  private final Workers workers;
  private final IdentityHashMap<Worker, GroupTrainer> trainers = new IdentityHashMap<>();

  public SftInnerLoop(Weights weights, InnerLoopConfig config, Workers workers) {
    this.weights = weights;
    this.config = config;
    this.workers = workers;
  }

  /**
   * Tasks of one padded length that train together.
   *
   * @param cost tokens that their training reads
   */
  private record Plan(List<Integer> tasks, long cost) {}

  /** Trains the tasks of a group to their end; gives the losses of each. */
  private interface Way {
    List<double[]> train(GroupTrainer trainer, List<Integer> group);
  }

  private static List<InnerLoopTask> of(List<InnerLoopTask> tasks, List<Integer> group) {
    return group.stream().map(tasks::get).toList();
  }

  /**
   * Trains one adapter per task.
   *
   * @param done called once per group on the thread that trained it, while its adapters are in
   *     memory; calls for different groups overlap
   */
  public void train(List<InnerLoopTask> tasks, Consumer<AdapterGroup> done) {
    train(tasks, (trainer, group) -> trainer.train(of(tasks, group)), done);
  }

  /** The same, where a training that was stopped goes on from its last checkpoint. */
  public void train(
      List<InnerLoopTask> tasks, GroupCheckpoints checkpoints, Consumer<AdapterGroup> done) {
    train(
        tasks,
        (trainer, group) -> {
          List<InnerLoopTask> members = of(tasks, group);
          int[] steps = members.stream().mapToInt(task -> task.steps(config.batch())).toArray();
          try (GroupTraining training = new GroupTraining(trainer, members, steps)) {
            return training.run(
                checkpoints.file(group), checkpoints.origin(group), checkpoints.every());
          }
        },
        done);
  }

  private void train(List<InnerLoopTask> tasks, Way way, Consumer<AdapterGroup> done) {
    List<Plan> groups = groups(tasks);
    workers.run(
        groups.size(),
        (i, worker) -> {
          Plan group = groups.get(i);
          GroupTrainer trainer = trainer(worker);
          List<double[]> curves = way.train(trainer, group.tasks);
          int[] indices = group.tasks.stream().mapToInt(Integer::intValue).toArray();
          done.accept(new AdapterGroup(trainer.bank(), indices, curves, worker));
        });
  }

  /**
   * Trains adapters that compete with each other, one per task. A thread trains all rivals of one
   * another, so that nothing depends on the number of threads.
   *
   * @param rivals indices of tasks that compete, each task in one list
   * @param race measures them and is told of each; calls for different rivals overlap
   */
  public void train(
      List<InnerLoopTask> tasks, List<List<Integer>> rivals, SuccessiveHalving halving, Race race) {
    workers.run(
        rivals.size(),
        (i, worker) ->
            new RivalTrainer(trainer(worker), config, worker, halving, race)
                .train(tasks, rivals.get(i)));
  }

  /**
   * Tasks of like padded length and like number of steps together: by length, then steps from many
   * to few, then cut into groups. Dear groups come first, so that no thread is left with one at the
   * end.
   */
  private List<Plan> groups(List<InnerLoopTask> tasks) {
    Map<Integer, List<Integer>> byTime = new TreeMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      byTime.computeIfAbsent(config.padded(tasks.get(i).longest()), t -> new ArrayList<>()).add(i);
    }
    List<Plan> groups = new ArrayList<>();
    byTime.forEach(
        (time, members) -> {
          members.sort(
              Comparator.comparing((Integer i) -> -tasks.get(i).steps(config.batch()))
                  .thenComparing(i -> i));
          for (int at = 0; at < members.size(); at += config.adaptersPerGroup()) {
            int to = Math.min(at + config.adaptersPerGroup(), members.size());
            List<Integer> group = List.copyOf(members.subList(at, to));
            long steps = group.stream().mapToLong(i -> tasks.get(i).steps(config.batch())).sum();
            groups.add(new Plan(group, steps * config.batch() * time));
          }
        });
    groups.sort(Comparator.comparingLong(group -> -group.cost));
    return groups;
  }

  private GroupTrainer trainer(Worker worker) {
    synchronized (trainers) {
      return trainers.computeIfAbsent(worker, w -> new GroupTrainer(weights, config, w));
    }
  }

  @Override
  public void close() {
    trainers.values().forEach(GroupTrainer::close);
    trainers.clear();
  }
}
