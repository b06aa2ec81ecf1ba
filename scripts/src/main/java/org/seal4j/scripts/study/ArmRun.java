package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.SuccessiveHalving;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.Executor;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.GeneralExaminer;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyWriting;
import org.seal4j.rl.study.TaughtExecutor;

/** One arm: its row without reinforcement, its rounds, and what is measured beside them. */
final class ArmRun {
  /** The evaluation before any round. */
  static final String BEFORE = "before";

  private final Lab lab;
  private final StudyKeys recipe;
  private final StudyPlan plan;
  private final ArmKeys arm;
  private final StudyDomain domain;
  private final GeneralExaminer examiner;
  private final EarlierOutcomes earlier;
  private final CpuMeter meter = new CpuMeter();
  private final Map<String, GeneralScore> general = new HashMap<>();

  /**
   * @param domain of the arm's edits
   * @param examiner asks general questions
   * @param earlier outcomes that hold for this arm until its policy learns
   */
  ArmRun(
      Lab lab,
      StudyKeys recipe,
      StudyPlan plan,
      ArmKeys arm,
      StudyDomain domain,
      GeneralExaminer examiner,
      EarlierOutcomes earlier) {
    this.lab = lab;
    this.recipe = recipe;
    this.plan = plan;
    this.arm = arm;
    this.domain = domain;
    this.examiner = examiner;
    this.earlier = earlier;
  }

  /** Runs it over a policy that an arm before may have reinforced. */
  StudyArm over(Roles roles, EditSource<PassageContext, KnowledgeEdit> source) {
    LocalLoop.How how = recipe.how(arm, lab.seeds());
    try (LocalLoop<PassageContext, KnowledgeEdit> local = new LocalLoop<>(lab, roles, domain, how);
        Journal journal = journal(arm.folder());
        Journal asked = journal(arm.folder() + "/general")) {
      local.begin(lab.folder("checkpoints"));
      StudyLog studied =
          new StudyLog(lab.log(arm.folder() + "/studied", StudyLog.SCHEMA), journal.edits());
      LoopPorts<PassageContext, KnowledgeEdit> ports =
          local.ports(journal, lab.folder(arm.folder()));
      SuccessiveHalving halving = recipe.study().halving();
      ConditionedLoop<PassageContext, KnowledgeEdit> loop =
          loop(
              meter.around(
                  ports
                      .withExecutor(taught(local.executor(), studied, how))
                      .withRewards(
                          taught(
                              halving == null ? local.executor() : local.halving(halving),
                              studied,
                              how))));
      loop.watchedBy(new Watch(loop(generalPorts(ports, asked, local))));
      meter.phase(BEFORE);
      int edits = arm.writing() == StudyWriting.NOTHING ? 1 : recipe.evaluate().editsPerContext();
      loop.condition(arm.name(), BEFORE, source, edits);
      Phases phases = arm.reinforced() ? loop.rounds() : loop.soFar();
      return new StudyArm(
          arm, named(phases), local.speed().sentence(), studied.all(), meter, Map.copyOf(general));
    }
  }

  /** Has questions answered first, and writes down what was trained on. */
  private Executor<PassageContext, KnowledgeEdit> taught(
      Executor<PassageContext, KnowledgeEdit> trained, StudyLog studied, LocalLoop.How how) {
    Executor<PassageContext, KnowledgeEdit> counted = meter.around(CpuMeter.Part.TRAINING, trained);
    Executor<PassageContext, KnowledgeEdit> unlearned = earlier.before(counted, meter);
    TaughtExecutor taught =
        new TaughtExecutor(
            domain,
            (jobs, inJobOrder, finished) ->
                (hasLearned() ? counted : unlearned).evaluate(jobs, inJobOrder, finished));
    return studied.around(domain, how.trials(), meter.around(CpuMeter.Part.TEACHER, taught));
  }

  /** Whether the policy has changed since the start. */
  private boolean hasLearned() {
    return !Set.of(BEFORE, CostOfRow.loop(1)).contains(meter.phase());
  }

  private Journal journal(String folder) {
    return Journal.open(lab.folder(folder), lab.identity() + "/" + folder);
  }

  private ConditionedLoop<PassageContext, KnowledgeEdit> loop(
      LoopPorts<PassageContext, KnowledgeEdit> ports) {
    return new ConditionedLoop<>(
        lab,
        ports,
        recipe.loop().config(arm.learns()),
        plan.loop(recipe.evaluate().editsPerContext()),
        lab.seeds().child("loop"));
  }

  /** The same adapters, asked other questions; their rows stand in a journal of their own. */
  private LoopPorts<PassageContext, KnowledgeEdit> generalPorts(
      LoopPorts<PassageContext, KnowledgeEdit> ports,
      Journal asked,
      LocalLoop<PassageContext, KnowledgeEdit> local) {
    TaughtExecutor taught =
        new TaughtExecutor(
            domain,
            (jobs, inJobOrder, finished) ->
                local
                    .executor()
                    .evaluate(
                        jobs.stream().map(job -> job.examinedBy(examiner)).toList(),
                        inJobOrder,
                        finished));
    return new LoopPorts<>(
        ports.policy(),
        ports.format(),
        taught,
        ports.learner(),
        ports.store(),
        asked.edits(),
        asked.learning(),
        ports.progress());
  }

  /** Follows the evaluations: whose CPU seconds are counted, and what else is asked then. */
  private final class Watch implements ConditionedLoop.Watch {
    private final ConditionedLoop<PassageContext, KnowledgeEdit> asking;
    private int rounds;

    Watch(ConditionedLoop<PassageContext, KnowledgeEdit> asking) {
      this.asking = asking;
    }

    @Override
    public void begins(String phase) {
      meter.phase(phase);
    }

    @Override
    public void ended(String phase, List<EditRow> rows) {
      meter.phase("");
      int count = Math.min(recipe.evaluate().asked(), plan.evaluated().size());
      if (count > 0 && !arm.name().equals(StudyRun.IN_CONTEXT)) {
        String after = phase.equals(BEFORE) ? "" : ", " + phase;
        asking.call(phase, "general questions of " + arm.name() + after);
        List<EditRow> asked = ask(phase, rows, plan.evaluated().subList(0, count));
        if (!asked.isEmpty()) {
          general.put(phase, GeneralScore.of(asked));
        }
      }
      rounds++;
      meter.phase(CostOfRow.loop(rounds));
    }

    private List<EditRow> ask(String phase, List<EditRow> rows, List<PassageContext> contexts) {
      Map<String, KnowledgeEdit> edits = new HashMap<>();
      List<PassageContext> adapted = new ArrayList<>();
      for (PassageContext context : contexts) {
        rows.stream()
            .filter(row -> row.key().contextId().equals(context.id()) && row.key().index() == 0)
            .flatMap(row -> row.draft().edit().stream())
            .findFirst()
            .ifPresent(
                edit -> {
                  edits.put(context.id(), new KnowledgeEdit(edit));
                  adapted.add(context);
                });
      }
      if (arm.name().equals(StudyRun.BASE)) {
        // Without an edit all passages have the same model.
        return asking.evaluate(phase, contexts.subList(0, 1), EditSource.none(), 1);
      }
      return adapted.isEmpty()
          ? List.of()
          : asking.evaluate(
              phase,
              adapted,
              EditSource.given(
                  (context, index, rng) ->
                      Checks.present(edits.get(context.id()), "%s has no edit", context.id())),
              1);
    }
  }

  /** The rows of an arm under names that no other arm has. */
  private Phases named(Phases phases) {
    Map<String, List<EditRow>> rows = new LinkedHashMap<>();
    Map<String, String> conditions = new LinkedHashMap<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              String name = label.equals(arm.name()) ? label : arm.name() + ", " + label;
              conditions.put(name, arm.folder() + "/" + phase);
            });
    phases.evaluations().forEach((phase, of) -> rows.put(arm.folder() + "/" + phase, of));
    return new Phases(phases.rounds(), rows, conditions);
  }
}
