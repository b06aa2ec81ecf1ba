package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Executor;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.inner.ModelPolicy;

/**
 * Measures, beside a loop, what a policy could win on its held-out tasks. Its evaluations are
 * phases of the journal like all others, so that a run that was killed goes on.
 */
public final class Room implements ConditionedLoop.Watch {
  private static final String DESIGN = "room";
  private static final String DEVELOPMENT = "room-development";
  private static final String LAST_ALONE = "last-one-prompt";

  /** Of what a row of the table is called that is asked by one prompt. */
  static final String ALONE = ", one prompt";

  private final Lab lab;
  private final RoomKeys keys;
  private final RoomSubject subject;
  private final String fixedLabel;
  private final PhaseCost cost = new PhaseCost();
  private final Set<String> alone;
  private final Places places;
  private final ReadingTable reading;
  private @Nullable DesignTrials trials;
  private @Nullable DesignTrials development;

  /**
   * @param fixedLabel what the table calls the gate's configuration
   */
  public Room(Lab lab, RoomKeys keys, RoomSubject subject, String fixedLabel) {
    this.lab = lab;
    this.keys = keys;
    this.subject = subject;
    this.fixedLabel = fixedLabel;
    alone = Set.of("in-context-one-prompt", "fixed-one-prompt", LAST_ALONE);
    places = new Places(subject.language().edits());
    reading =
        new ReadingTable(places, subject.heldOut().stream().map(GridContext::family).toList());
  }

  /** The same ports; some evaluations ask one prompt alone, and what they cost is counted. */
  public LoopPorts<GridContext, FewShotEdit> around(LoopPorts<GridContext, FewShotEdit> ports) {
    Examiner<GridContext> first = subject.domain().withoutVote();
    Executor<GridContext, FewShotEdit> inner = ports.executor();
    Executor<GridContext, FewShotEdit> asked =
        (jobs, inJobOrder, finished) ->
            inner.evaluate(
                alone.contains(cost.phase())
                    ? jobs.stream().map(job -> job.examinedBy(first)).toList()
                    : jobs,
                inJobOrder,
                finished);
    return ports.withExecutor(cost.around(asked)).withRewards(ports.rewards());
  }

  @Override
  public void begins(String phase) {
    cost.begins(phase);
  }

  @Override
  public void ended(String phase, List<EditRow> rows) {
    cost.ended(phase);
    if (keys.draws() > 0) {
      if (phase.equals(Phases.NO_RL)) {
        read("before RL", 0);
      }
      int round = rows.get(0).key().round();
      if (round > 0 && phase.equals(Phases.round(round))) {
        read("after round " + round, round);
      }
    }
  }

  private void read(String stage, int round) {
    ModelPolicy<GridContext> policy =
        new ModelPolicy<>(subject.roles().policy(), subject.domain(), subject.sampling());
    PolicyReading reader =
        new PolicyReading(
            subject.language(), policy, subject.sampling().temperature(), keys.draws());
    reading.add(stage, reader.read(subject.heldOut(), lab.seeds().child("room", round)));
  }

  /** Evaluates what is of the model before RL. */
  public void beforeRounds(ConditionedLoop<GridContext, FewShotEdit> loop) {
    if (keys.parts()) {
      loop.condition("in-context" + ALONE, "in-context-one-prompt", EditSource.none(), 1);
      loop.condition(
          fixedLabel + ALONE,
          "fixed-one-prompt",
          EditSource.fixed(subject.fixed()),
          subject.edits());
    }
    if (keys.configurations() == 0) {
      return;
    }
    Set<String> held = subject.heldOut().stream().map(GridContext::id).collect(Collectors.toSet());
    List<GridContext> others =
        subject.development().stream()
            .filter(context -> !held.contains(context.id()))
            .limit(keys.development())
            .toList();
    List<GridContext> all = new ArrayList<>(subject.heldOut());
    all.addAll(others);
    Design design =
        Design.draw(
            places.tokens(),
            keys.configurations(),
            subject.fixed(),
            edit -> all.stream().allMatch(context -> affordable(context, edit)),
            lab.seeds().child("room"));
    trials = tried(loop, DESIGN, subject.heldOut(), design);
    if (!others.isEmpty()) {
      development = tried(loop, DEVELOPMENT, others, design);
    }
  }

  private boolean affordable(GridContext context, FewShotEdit edit) {
    String written = places.tokens().text(places.tokens().encode(edit));
    return subject.domain().format().read(context, written)
        instanceof ParsedEdit.Valid<FewShotEdit>;
  }

  private DesignTrials tried(
      ConditionedLoop<GridContext, FewShotEdit> loop,
      String phase,
      List<GridContext> contexts,
      Design design) {
    int trainings = design.configurations().size() * keys.repeats();
    lab.say(
        "%s: %d configurations on %d tasks, %d trainings of each"
            .formatted(phase, design.configurations().size(), contexts.size(), keys.repeats()));
    return DesignTrials.of(
        design, loop.evaluate(phase, contexts, DesignTrials.source(design), trainings));
  }

  /** Evaluates what is of the model after the last round. */
  public Phases afterRounds(ConditionedLoop<GridContext, FewShotEdit> loop, Phases phases) {
    if (!keys.parts()) {
      return phases;
    }
    String last = phases.lastLabel();
    List<String> after = new ArrayList<>();
    loop.condition(last + ALONE, LAST_ALONE, EditSource.policy(), subject.edits());
    if (subject.roles().areOne()) {
      after.add("in-context after " + last);
      loop.condition(after.get(0), "in-context-after", EditSource.none(), 1);
      after.add(fixedLabel + " after " + last);
      loop.condition(
          after.get(1), "fixed-after", EditSource.fixed(subject.fixed()), subject.edits());
    }
    Phases now = loop.soFar();
    Map<String, String> ordered = new LinkedHashMap<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              if (label.equals(fixedLabel)) {
                after.forEach(one -> ordered.put(one, now.conditions().get(one)));
              }
              String one = now.conditions().get(label + ALONE);
              if (one != null) {
                ordered.put(label + ALONE, one);
              }
              ordered.putIfAbsent(label, phase);
            });
    return new Phases(phases.rounds(), now.evaluations(), ordered);
  }

  /** What was found, with tables in the run's folder. */
  public Findings into(Findings findings, Phases phases) {
    return new RoomFindings(lab, keys, phases, places, reading, cost, fixedLabel)
        .into(findings, trials, development);
  }
}
