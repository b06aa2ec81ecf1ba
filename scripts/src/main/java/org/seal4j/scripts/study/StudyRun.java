package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudyCourse;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyExaminer;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyWriting;
import org.seal4j.rl.study.TaughtExecutor;
import org.seal4j.rl.study.TeacherAnswers;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.tuning.LessonEncoder;

/** One run: every arm in turn, each from the same model and on the same passages. */
final class StudyRun {
  static final String BASE = "base";
  static final String IN_CONTEXT = "in context";

  /** Rows that are there without an arm. */
  static final Set<String> OWN = Set.of(BASE, IN_CONTEXT);

  private final Lab lab;
  private final StudyKeys recipe;
  private final ModelFolder model;
  private final StudyForm form;
  private final SharedModel shared;
  private final StudyPlan plan;
  private final TeacherAnswers teacher;

  StudyRun(Lab lab, StudyKeys recipe, ModelFolder model) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    LessonEncoder encoder = LessonEncoder.of(recipe.study().chat(), model);
    form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
    shared = new SharedModel(model.weights(), lab.workers());
    plan = lab.stage("passages", () -> StudyPlan.of(recipe, lab.seeds()));
    teacher =
        new TeacherAnswers(
            model.weights(),
            form,
            recipe.study().answerTokens(),
            recipe.study().likeliest(),
            lab.workers());
  }

  Findings findings() {
    InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
    InnerLoopMemory.require("learn", model.config(), recipe.learn().config());
    Map<String, String> hashes = new LinkedHashMap<>(plan.hashes());
    hashes.putAll(ModelHashes.of(recipe.model().required()));
    lab.inputs(hashes);
    lab.say(plan.note());
    List<StudyArm> arms = new ArrayList<>();
    arms.add(asItIs(BASE, false));
    arms.add(asItIs(IN_CONTEXT, true));
    recipe.arms().forEach(arm -> arms.add(lab.stage(arm.name(), () -> arm(arm))));
    return new StudyFindings(lab, recipe, plan, arms, model.weights().parameterCount()).of();
  }

  /** The model without any adapter. */
  private StudyArm asItIs(String name, boolean inSight) {
    ArmKeys none =
        new ArmKeys(name, StudyWriting.NOTHING, true, null, null, null, null, false, null);
    return lab.stage(name, () -> measured(none, inSight, EditSource.none()));
  }

  private StudyArm arm(ArmKeys arm) {
    return measured(
        arm,
        false,
        arm.writing() == StudyWriting.NOTHING
            ? EditSource.fixed(KnowledgeEdit.none())
            : EditSource.policy());
  }

  private StudyArm measured(
      ArmKeys arm, boolean inSight, EditSource<PassageContext, KnowledgeEdit> source) {
    StudyCourse course = arm.course(recipe);
    Examiner<PassageContext> examiner =
        new StudyExaminer(form, recipe.answer().grader(), recipe.answer().maxTokens(), inSight);
    StudyDomain domain =
        new StudyDomain(form, course, recipe.policy().longest(), examiner, teacher);
    try (LocalLoop<PassageContext, KnowledgeEdit> local =
            new LocalLoop<>(lab, shared, domain, recipe.how(arm, lab.seeds()));
        Journal journal =
            Journal.open(lab.folder(arm.folder()), lab.identity() + "/" + arm.folder())) {
      local.begin(lab.folder("checkpoints")); // an arm before may have reinforced the model
      ConditionedLoop<PassageContext, KnowledgeEdit> loop =
          new ConditionedLoop<>(
              lab,
              local
                  .ports(journal, lab.folder(arm.folder()))
                  .withExecutor(new TaughtExecutor(domain, local.executor())),
              recipe.loop().config(arm.learns()),
              plan.loop(recipe.evaluate().editsPerContext()),
              lab.seeds().child("loop"));
      boolean writes = arm.writing() != StudyWriting.NOTHING;
      int edits = writes ? recipe.evaluate().editsPerContext() : 1;
      loop.condition(arm.name(), "before", source, edits);
      Phases phases = arm.reinforced() ? loop.rounds() : loop.soFar();
      return new StudyArm(arm, named(arm, phases), local.speed().sentence());
    }
  }

  /** The rows of an arm under names that no other arm has. */
  private static Phases named(ArmKeys arm, Phases phases) {
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
    List<RoundResult> rounds = phases.rounds();
    return new Phases(rounds, rows, conditions);
  }
}
