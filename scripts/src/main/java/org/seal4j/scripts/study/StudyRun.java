package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.GeneralExaminer;
import org.seal4j.rl.study.StudyCourse;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyExaminer;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyWriting;
import org.seal4j.rl.study.TeacherAnswers;
import org.seal4j.scripts.adapt.GeneralAbility;
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
  private final Roles roles;
  private final StudyPlan plan;
  private final TeacherAnswers teacher;
  private final GeneralExaminer general;

  /**
   * @param model as it was read
   * @param roles it has in the loop
   */
  StudyRun(Lab lab, StudyKeys recipe, ModelFolder model, Roles roles) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    this.roles = roles;
    LessonEncoder encoder = LessonEncoder.of(recipe.study().chat(), model);
    form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
    plan = lab.stage("passages", () -> StudyPlan.of(recipe, lab.seeds()));
    teacher =
        new TeacherAnswers(
            roles.adapted().weights(),
            form,
            recipe.study().answerTokens(),
            recipe.study().likeliest(),
            lab.workers());
    general =
        new GeneralExaminer(
            form,
            TokenRecall.calibrated(),
            GeneralAbility.closedBook(),
            GeneralAbility.paragraphs(),
            recipe.answer().maxTokens());
  }

  Findings findings() {
    InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
    InnerLoopMemory.require("learn", model.config(), recipe.learn().config());
    Map<String, String> hashes = new LinkedHashMap<>(plan.hashes());
    hashes.putAll(ModelHashes.of(recipe.model().required()));
    PowerTable power = PowerTable.of(plan, recipe);
    hashes.put("power table", power.sha256());
    lab.inputs(hashes);
    lab.say(plan.note());
    lab.say(power.sentence());
    lab.table("power", PowerTable.SCHEMA, power.table());
    List<StudyArm> arms = new ArrayList<>();
    arms.add(asItIs(BASE, false));
    arms.add(asItIs(IN_CONTEXT, true));
    for (ArmKeys arm : recipe.arms()) {
      EarlierOutcomes earlier = EarlierOutcomes.of(arms, arm, recipe);
      arms.add(lab.stage(arm.name(), () -> arm(arm, earlier)));
    }
    return new StudyFindings(lab, recipe, plan, power, arms, model.weights().parameterCount()).of();
  }

  /** The model without any adapter. */
  private StudyArm asItIs(String name, boolean inSight) {
    ArmKeys none =
        new ArmKeys(name, StudyWriting.NOTHING, true, null, null, null, null, false, null);
    return lab.stage(
        name, () -> measured(none, inSight, EditSource.none(), EarlierOutcomes.none()));
  }

  private StudyArm arm(ArmKeys arm, EarlierOutcomes earlier) {
    return measured(
        arm,
        false,
        arm.writing() == StudyWriting.NOTHING
            ? EditSource.fixed(KnowledgeEdit.none())
            : EditSource.policy(),
        earlier);
  }

  private StudyArm measured(
      ArmKeys arm,
      boolean inSight,
      EditSource<PassageContext, KnowledgeEdit> source,
      EarlierOutcomes earlier) {
    StudyCourse course = arm.course(recipe);
    Examiner<PassageContext> examiner =
        new StudyExaminer(form, recipe.answer().grader(), recipe.answer().maxTokens(), inSight);
    StudyDomain domain =
        new StudyDomain(form, course, recipe.policy().longest(), examiner, teacher);
    return new ArmRun(lab, recipe, plan, arm, domain, general, earlier).over(roles, source);
  }
}
