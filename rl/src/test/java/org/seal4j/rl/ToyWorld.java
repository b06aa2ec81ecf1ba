package org.seal4j.rl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.Strategy;

/**
 * A world without tensors in which the loop can be watched: the policy is a table of probabilities
 * per slot, an edit is good if it recolours, trains on outputs, fast and long. Everything that
 * would be on a disk is in {@link Disk}; everything else is lost when {@link Killed} strikes.
 */
final class ToyWorld
    implements Policy<ToyWorld.Task>,
        EditFormat<ToyWorld.Task, FewShotEdit>,
        Executor<ToyWorld.Task, FewShotEdit>,
        Learner<ToyWorld.Task, FewShotEdit>,
        PolicyStore {

  record Task(String id, String family) implements Context {}

  /** The end of a process. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What survives the end of a process. */
  static final class Disk {
    final List<EditRow> edits = new ArrayList<>();
    final List<LearningRow> learning = new ArrayList<>();
    final Map<String, List<Double>> policies = new TreeMap<>();
    final Map<String, Integer> steps = new TreeMap<>();

    List<Object> content() {
      return List.of(List.copyOf(edits), List.copyOf(learning), Map.copyOf(policies));
    }
  }

  private final Disk disk;
  private final EditTokens tokens = new EditTokens(EditSchema.compact());
  private final double garbage;
  private double[] policy = new double[tokens.names().size()];

  /** How many more events (writes, learnings) this process lives to see. */
  private long life;

  int evaluated;
  int learned;

  /** {@code garbage} is the probability that a sample is no edit. */
  ToyWorld(Disk disk, double garbage, long life) {
    this.disk = disk;
    this.garbage = garbage;
    this.life = life;
    Arrays.fill(policy, 1);
  }

  static List<Task> tasks(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Task(name + "-" + i, "family-" + i % 3))
        .toList();
  }

  SealLoop<Task, FewShotEdit> loop(SealLoopConfig config, long seed) {
    return loop(config, seed, logOn(disk.edits), logOn(disk.learning));
  }

  SealLoop<Task, FewShotEdit> loop(
      SealLoopConfig config, long seed, RunLog<EditRow> edits, RunLog<LearningRow> learning) {
    return new SealLoop<>(config, ports(edits, learning), Seeds.of(seed));
  }

  /** A loop that examines what a screen keeps. */
  SealLoop<Task, FewShotEdit> loop(
      SealLoopConfig config, long seed, Screen<Task, FewShotEdit> screen) {
    LoopPorts<Task, FewShotEdit> ports = ports(logOn(disk.edits), logOn(disk.learning));
    return new SealLoop<>(config, ports.withScreen(screen), Seeds.of(seed));
  }

  private LoopPorts<Task, FewShotEdit> ports(RunLog<EditRow> edits, RunLog<LearningRow> learning) {
    return new LoopPorts<>(
        this, this, this, this, this, mortal(edits), mortal(learning), Progress.silent());
  }

  List<Double> policy() {
    return Arrays.stream(policy).boxed().toList();
  }

  long life() {
    return life;
  }

  private void event() {
    if (life-- == 0) {
      throw new Killed();
    }
  }

  private static <R> RunLog<R> logOn(List<R> rows) {
    return new RunLog<>() {
      @Override
      public List<R> existing() {
        return List.copyOf(rows);
      }

      @Override
      public void append(R row) {
        rows.add(row);
      }
    };
  }

  private <R> RunLog<R> mortal(RunLog<R> log) {
    return new RunLog<>() {
      @Override
      public List<R> existing() {
        return log.existing();
      }

      @Override
      public void append(R row) {
        event();
        log.append(row);
        event();
      }
    };
  }

  @Override
  public List<Sample> sample(List<SampleRequest<Task>> requests) {
    return requests.stream().map(request -> sample(request.seeds().rng())).toList();
  }

  private Sample sample(Rng rng) {
    if (rng.nextDouble() < garbage) {
      return new Sample("SEP SEP " + rng.nextInt(1000), -5);
    }
    int[] symbols = new int[tokens.length()];
    double logProbability = 0;
    for (int slot = 0; slot < symbols.length; slot++) {
      int[] allowed = tokens.allowed(slot);
      double total = Arrays.stream(allowed).mapToDouble(s -> policy[s]).sum();
      double u = rng.nextDouble() * total;
      int at = 0;
      while (at < allowed.length - 1 && u >= policy[allowed[at]]) {
        u -= policy[allowed[at++]];
      }
      symbols[slot] = allowed[at];
      logProbability += StrictMath.log(policy[allowed[at]] / total);
    }
    return new Sample(tokens.text(symbols), logProbability);
  }

  @Override
  public ParsedEdit<FewShotEdit> read(Task context, String raw) {
    return tokens.read(raw);
  }

  @Override
  public String write(FewShotEdit edit) {
    return tokens.text(tokens.encode(edit));
  }

  /** Works through the jobs backwards, in groups of three, as an executor with workers might. */
  @Override
  public void evaluate(
      List<EditJob<Task, FewShotEdit>> jobs, Consumer<Outcome> inJobOrder, IntConsumer finished) {
    InOrder<Outcome> order = new InOrder<>(jobs.size(), inJobOrder);
    for (int from = 0; from < jobs.size(); from += 3) {
      for (int i = Math.min(from + 3, jobs.size()) - 1; i >= from; i--) {
        evaluated++;
        finished.accept(1);
        order.put(i, outcome(jobs.get(i)));
      }
    }
  }

  /** How good an edit is: 0 to 4. */
  static int virtues(FewShotEdit edit) {
    return (edit.augmentations().color() ? 1 : 0)
        + (edit.strategy() == Strategy.OUTPUT_TOKENS ? 1 : 0)
        + (edit.learningRate() >= 1e-3 ? 1 : 0)
        + (edit.epochs() >= 4 ? 1 : 0);
  }

  private static Outcome outcome(EditJob<Task, FewShotEdit> job) {
    Optional<FewShotEdit> edit = job.edit();
    double luck = job.seeds().rng().nextDouble();
    if (edit.isEmpty()) {
      double reward = luck < .1 ? 1 : 0;
      return new Outcome(reward, reward, 3, Outcome.Training.NONE, "0", List.of("1", "2"));
    }
    FewShotEdit good = edit.get();
    int virtues = virtues(good);
    boolean solved = luck < Math.max(0, virtues - 2) * .45;
    return new Outcome(
        solved ? 1 : 0,
        solved && luck < .5 ? 1 : 0,
        4 - virtues * .8 + luck * .5,
        new Outcome.Training(good.epochs() * 4L, 2, 2 - virtues * .3),
        "012/345",
        List.of("012/345", "000/000"));
  }

  /** Adds the weight of every chosen symbol to its count. */
  @Override
  public List<Double> learn(List<WeightedProposal<Task, FewShotEdit>> round, Seeds seeds) {
    event();
    learned++;
    double[] counts = new double[policy.length];
    Arrays.fill(counts, .5);
    double loss = 0;
    for (WeightedProposal<Task, FewShotEdit> line : round) {
      for (int symbol :
          line.weight() == 0 ? new int[0] : tokens.encode(line.proposal().edit().orElseThrow())) {
        counts[symbol] += line.weight();
        loss -= line.weight() * line.proposal().logProbability();
      }
    }
    policy = counts;
    event();
    return List.of(loss, loss / 2 + seeds.rng().nextDouble());
  }

  @Override
  public void save(String name, int steps) {
    event();
    disk.steps.put(name, steps);
    disk.policies.put(name, policy());
    event();
  }

  @Override
  public OptionalInt steps(String name) {
    return disk.policies.containsKey(name)
        ? OptionalInt.of(disk.steps.getOrDefault(name, 0))
        : OptionalInt.empty();
  }

  @Override
  public boolean load(String name) {
    List<Double> stored = disk.policies.get(name);
    if (stored == null) {
      return false;
    }
    policy = stored.stream().mapToDouble(Double::doubleValue).toArray();
    return true;
  }
}
