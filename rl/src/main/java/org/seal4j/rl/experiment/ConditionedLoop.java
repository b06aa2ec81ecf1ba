package org.seal4j.rl.experiment;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.Progress;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.SelfEdit;

/**
 * The outer loop with its evaluations on held-out contexts: first every condition without
 * reinforcement, then after each round the self-edits of the policy as it is then.
 */
public final class ConditionedLoop<C extends Context, E extends SelfEdit> {
  private final Lab lab;
  private final SealLoop<C, E> loop;
  private final LoopPlan<C> plan;
  private final Map<String, List<EditRow>> evaluations = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final Map<String, String> ceilings = new LinkedHashMap<>();
  private final Map<String, String> shownNames = new HashMap<>();
  private Watch watch = new Watch() {};

  /** Is told of the evaluations on held-out contexts. */
  public interface Watch {
    /** One begins. */
    default void begins(String phase) {}

    /** One has ended; the policy is still the same. */
    default void ended(String phase, List<EditRow> rows) {}
  }

  public ConditionedLoop(
      Lab lab, LoopPorts<C, E> ports, SealLoopConfig config, LoopPlan<C> plan, Seeds seeds) {
    this.lab = lab;
    this.plan = plan;
    Progress shown = new LabelledProgress(ports.progress(), shownNames);
    loop = new SealLoop<>(config, ports.withProgress(shown), seeds);
  }

  /** Tells this of every evaluation on held-out contexts from now on. */
  public ConditionedLoop<C, E> watchedBy(Watch other) {
    watch = other;
    return this;
  }

  /** Evaluates edits on any contexts, for a row of no table. */
  public List<EditRow> evaluate(
      String phase, List<C> contexts, EditSource<C, E> source, int edits) {
    shownNames.putIfAbsent(phase, phase);
    List<EditRow> rows = loop.evaluate(phase, contexts, source, edits);
    evaluations.put(phase, rows);
    return rows;
  }

  /** What progress calls a phase that is not a row of the table. */
  public void call(String phase, String label) {
    shownNames.put(phase, label);
  }

  /** Evaluates a condition on the held-out contexts: a row of the table. */
  public List<EditRow> condition(String label, String phase, EditSource<C, E> source, int edits) {
    labels.put(label, phase);
    return heldOut(label, phase, source, edits);
  }

  /** The same for a condition that shows what there is to reach: it stands last in the table. */
  public List<EditRow> ceiling(String label, String phase, EditSource<C, E> source, int edits) {
    ceilings.put(label, phase);
    return heldOut(label, phase, source, edits);
  }

  /** The self-edits of the policy before any round. */
  public List<EditRow> withoutRl() {
    return condition(Phases.NO_RL_LABEL, Phases.NO_RL, EditSource.policy(), plan.editsPerContext());
  }

  /** What was measured so far, without any round. */
  public Phases soFar() {
    return phases(List.of());
  }

  /** All rounds, each with its evaluation. */
  public Phases rounds() {
    List<RoundResult> rounds =
        loop.run(
            plan::round,
            round -> {
              if (round > 0) {
                heldOut(
                    Phases.roundLabel(round),
                    Phases.round(round),
                    EditSource.policy(),
                    plan.editsPerContext());
              }
            });
    for (RoundResult round : rounds) {
      if (round.losses().isEmpty()) {
        lab.say(
            "round %d: the policy learned nothing: no self-edit was chosen, or all of a context earned"
                    .formatted(round.round())
                + " the same");
      }
    }
    return phases(rounds);
  }

  private Phases phases(List<RoundResult> rounds) {
    Map<String, String> all = new LinkedHashMap<>(labels);
    rounds.forEach(round -> all.put(Phases.roundLabel(round.round()), Phases.round(round.round())));
    all.putAll(ceilings);
    return new Phases(rounds, new LinkedHashMap<>(evaluations), all);
  }

  private List<EditRow> heldOut(String label, String phase, EditSource<C, E> source, int edits) {
    shownNames.put(phase, label);
    watch.begins(phase);
    List<EditRow> rows = evaluate(phase, plan.heldOut(), source, edits);
    double reward = rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0);
    lab.say(
        String.format(
            Locale.ROOT, "%s: mean reward %.1f %%, n = %d", label, 100 * reward, rows.size()));
    watch.ended(phase, rows);
    return rows;
  }
}
