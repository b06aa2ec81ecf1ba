package org.seal4j.rl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.PhaseRunner.Evaluated;

/**
 * SEAL's outer loop, ReST-EM (docs/seal.md §2.7, §3.6): sample self-edits from the current policy,
 * evaluate each with an inner loop on the current model, select, fine-tune the policy on the
 * selected ones, merge, repeat.
 *
 * <p>Every evaluated edit is one row of the journal. A run that was killed is continued by the same
 * calls on a fresh loop over the same journal and policy store, with the policy of the very start:
 * rows that are there are not computed again, and the result is that of an uninterrupted run, byte
 * for byte.
 *
 * <p>All evaluations share their random numbers per context and index, whatever the policy, so that
 * their differences are less noisy. Rounds have their own.
 */
public final class SealLoop<C extends Context, E extends SelfEdit> {
  private final SealLoopConfig config;
  private final LoopPorts<C, E> ports;
  private final Seeds seeds;
  private final PhaseRunner<C, E> runner;
  private final JournalReplay<LearningRow> learning;
  private int completed;

  /** A loop at its start; the policy is the one that no round has changed yet. */
  public SealLoop(SealLoopConfig config, LoopPorts<C, E> ports, Seeds seeds) {
    this.config = config;
    this.ports = ports;
    this.seeds = seeds;
    this.runner = new PhaseRunner<>(ports, config.maxResamples());
    this.learning = new JournalReplay<>(ports.learning());
  }

  /**
   * All rounds in order.
   *
   * @param contexts the training contexts of a round, from 1; SEAL takes fresh ones each round
   * @param between called with 0 before the first round and with the round's number after each: the
   *     place for evaluations
   */
  public List<RoundResult> run(IntFunction<List<C>> contexts, IntConsumer between) {
    List<RoundResult> results = new ArrayList<>();
    between.accept(0);
    for (int round = 1; round <= config.rounds(); round++) {
      results.add(round(contexts.apply(round)));
      between.accept(round);
    }
    return results;
  }

  /** The next round on these contexts; afterwards the policy has learned from it. */
  public RoundResult round(List<C> contexts) {
    int number = completed + 1;
    Seeds node = seeds.child("round", number);
    Map<String, Outcome> baselines = baselines(number, contexts);
    Phase phase = new Phase(Phase.TRAIN, number, node);
    PhaseRunner.Result<C, E> result = written(phase, contexts, node);
    List<Double> weights = select(result.rows(), baselines);
    List<EditRow> reexamined = reexamine(number, result, weights, node.child("reexamined"));
    List<WeightedProposal<C, E>> weighted = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Evaluated<C, E> entry = result.entries().get(i);
      Outcome outcome = entry.row().outcome();
      weighted.add(
          new WeightedProposal<>(
              entry.context(), entry.proposal().orElseThrow(), outcome, weights.get(i)));
    }
    Screen<C, E> screen = ports.screen();
    if (screen != null) {
      screen.learn(number, weighted);
    }
    List<Double> losses =
        result.isPlayedBack() && isRecorded(number) && ports.store().load(policyName(number))
            ? recordedLosses(number)
            : learn(number, weighted, node.child("learn"));
    completed = number;
    return new RoundResult(number, result.rows(), weights, losses, reexamined);
  }

  /** The evaluated edits of a round: all that the policy writes, or those that a screen keeps. */
  private PhaseRunner.Result<C, E> written(Phase phase, List<C> contexts, Seeds seeds) {
    int edits = config.editsPerContext();
    Screen<C, E> screen = ports.screen();
    return screen == null
        ? runner.run(phase, phase.slots(contexts, edits), EditSource.policy())
        : new Screening<>(runner, ports.format(), screen).run(phase, contexts, edits, seeds);
  }

  /** Some of the selected edits once more, drawn by chance, with fresh random numbers. */
  private List<EditRow> reexamine(
      int number, PhaseRunner.Result<C, E> round, List<Double> weights, Seeds fresh) {
    List<Evaluated<C, E>> chosen = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      if (weights.get(i) > 0) {
        chosen.add(round.entries().get(i));
      }
    }
    int count = Math.min(config.reexamine(), chosen.size());
    if (count == 0) {
      return List.of();
    }
    int[] drawn = Arrays.copyOf(fresh.rng().permutation(chosen.size()), count);
    Arrays.sort(drawn);
    Phase phase = new Phase(Phase.REEXAMINED, number, fresh);
    List<Slot<C>> slots = new ArrayList<>();
    Map<Integer, Map<String, E>> edits = new HashMap<>();
    for (int at : drawn) {
      Evaluated<C, E> entry = chosen.get(at);
      int index = entry.row().key().index();
      slots.add(phase.slot(entry.context(), index));
      edits
          .computeIfAbsent(index, i -> new HashMap<>())
          .put(entry.context().id(), entry.proposal().flatMap(Proposal::edit).orElseThrow());
    }
    EditSource<C, E> same =
        EditSource.given(
            (context, index, rng) ->
                Objects.requireNonNull(edits.getOrDefault(index, Map.of()).get(context.id())));
    return runner.run(phase, slots, same).rows();
  }

  /**
   * Evaluates edits on held-out contexts; the policy stays as it is.
   *
   * @param name of the phase in the journal, such as {@code no-rl}
   * @param source who writes the edits
   * @return one row per context and edit, context by context
   */
  public List<EditRow> evaluate(
      String name, List<C> contexts, EditSource<C, E> source, int editsPerContext) {
    Checks.require(
        !Phase.OF_ROUNDS.contains(name),
        "an evaluation cannot be called '%s', the loop uses that name itself",
        name);
    Phase phase = new Phase(name, completed, seeds.child("evaluation"));
    return runner.run(phase, phase.slots(contexts, editsPerContext), source).rows();
  }

  /** The name under which the store keeps the policy that has learned from this many rounds. */
  public static String policyName(int rounds) {
    return "round-" + rounds;
  }

  private Map<String, Outcome> baselines(int number, List<C> contexts) {
    Map<String, Outcome> baselines = new LinkedHashMap<>();
    if (config.selection().needsBaseline()) {
      Phase phase = new Phase(Phase.BASELINE, number, seeds.child("baseline", number));
      for (EditRow row : runner.run(phase, phase.slots(contexts, 1), EditSource.none()).rows()) {
        baselines.put(row.key().contextId(), row.outcome());
      }
    }
    return baselines;
  }

  private List<Double> select(List<EditRow> rows, Map<String, Outcome> baselines) {
    List<Candidate> candidates = new ArrayList<>();
    for (EditRow row : rows) {
      String context = row.key().contextId();
      candidates.add(
          new Candidate(
              context,
              row.isExamined(),
              row.outcome(),
              Optional.ofNullable(baselines.get(context))));
    }
    List<Double> weights = config.selection().weights(candidates);
    if (weights.size() != rows.size()) {
      throw Checks.refuse(
          "the selection %s gave %d weights for %d edits; it must give one for each",
          config.selection().getClass().getName(), weights.size(), rows.size());
    }
    for (int i = 0; i < rows.size(); i++) {
      if (weights.get(i) != 0 && !rows.get(i).isExamined()) {
        throw Checks.refuse(
            "the selection %s gave weight %s to edit %d of %d, which is invalid or was not examined;"
                + " such edits have weight 0",
            config.selection().getClass().getName(), weights.get(i), i + 1, rows.size());
      }
    }
    return weights;
  }

  private List<Double> learn(int number, List<WeightedProposal<C, E>> weighted, Seeds node) {
    ports.progress().start("train (round %d): learning".formatted(number), 0);
    boolean any = weighted.stream().anyMatch(line -> line.weight() > 0);
    List<Double> losses = any ? ports.learner().learn(weighted, node) : List.of();
    for (int step = 0; step < losses.size(); step++) {
      learning.put(new LearningRow(number, step, losses.get(step)));
    }
    ports.store().save(policyName(number), losses.size());
    ports.progress().step(losses.size(), "");
    ports.progress().end();
    return losses;
  }

  /** Whether the log holds every step that the stored policy was learned by; it may be cut. */
  private boolean isRecorded(int number) {
    OptionalInt steps = ports.store().steps(policyName(number));
    return steps.isPresent()
        && learning.countAhead(row -> row.round() == number) == steps.getAsInt();
  }

  private List<Double> recordedLosses(int number) {
    List<Double> losses = new ArrayList<>();
    while (learning.peek().filter(row -> row.round() == number).isPresent()) {
      losses.add(learning.peek().orElseThrow().loss());
      learning.take();
    }
    return losses;
  }
}
