package org.seal4j.scripts.passage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Amount;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.EditCounts;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Curves;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.run.ModelHashes;

/** The kind {@code knowledge}: SEAL on passages, from scratch or with a model of the user. */
public final class PassageExperiment implements Experiment<PassageKeys> {
  /** Base, passage only, teacher, without RL. */
  private static final int CONDITIONS = 4;

  static final String METRIC = "questions answered without the passage";
  private static final String TABLE =
      "mean share of a passage's questions answered without it; base model, passage only and"
          + " teacher text are of the model before RL; the base model shows what it already answers;"
          + " intervals are "
          + ResultTable.bootstrapped("passages");

  @Override
  public String kind() {
    return "knowledge";
  }

  @Override
  public Class<PassageKeys> keys() {
    return PassageKeys.class;
  }

  @Override
  public void check(PassageKeys recipe) {
    recipe.data().requireFiles(recipe);
  }

  @Override
  public void requireMemory(PassageKeys recipe) {
    if (recipe.data().source() == PassageDataKeys.Source.WORLD) {
      recipe.worldModel().requireMemory();
      recipe.worldModel().requireMemory("inner", recipe.inner());
      recipe.worldModel().requireMemory("learn", recipe.learn());
    }
  }

  @Override
  public Set<String> answered(PassageKeys recipe, Path folder) {
    int texts =
        recipe.otherModel() == null ? 0 : TeacherTexts.count(folder.resolve(TeacherTexts.FILE));
    return texts > 0 && texts >= recipe.evaluate().contexts()
        ? Set.of("otherModel.endpoint")
        : Set.of();
  }

  @Override
  public Forecast forecast(PassageKeys recipe) {
    LoopKeys loop = recipe.loop();
    EvaluateKeys evaluate = recipe.evaluate();
    double written = (double) loop.rounds() * loop.contextsPerRound() * loop.editsPerContext();
    double evaluated = (double) evaluate.contexts() * evaluate.editsPerContext();
    boolean invented = recipe.data().source() == PassageDataKeys.Source.WORLD;
    List<RuleKeys> rules = recipe.rules();
    double policies = rules == null ? loop.rounds() : rules.size();
    return new Forecast(
        invented
            ? recipe.worldModel().weightsBytes()
            : ModelHashes.weightsBytes(recipe.modelPath()),
        policies + 1,
        written + (policies + CONDITIONS) * evaluated,
        invented);
  }

  @Override
  public Findings run(Lab lab, PassageKeys recipe) {
    List<RuleKeys> rules = recipe.rules();
    return PassageInputs.open(
        lab,
        recipe,
        inputs ->
            rules == null
                ? run(lab, recipe, inputs)
                : new RuleComparison(lab, recipe, rules, inputs).findings());
  }

  private static Findings run(Lab lab, PassageKeys recipe, PassageInputs inputs) {
    try (Roles roles = recipe.loop().roles(inputs.model());
        LocalLoop<PassageContext, KnowledgeEdit> local =
            new LocalLoop<>(lab, roles, inputs.domain(), recipe.how(lab.seeds()));
        Journal journal = Journal.open(lab.folder(), lab.identity())) {
      Path checkpoints = lab.folder("checkpoints");
      local.begin(checkpoints);
      PassageLoop loop =
          new PassageLoop(lab, recipe, recipe.loop(), inputs, local.ports(journal, checkpoints));
      Phases phases =
          lab.stage(
              "loop and evaluations",
              () -> {
                loop.before();
                return loop.rounds();
              });
      lab.table(
          "answers",
          AnswerTable.SCHEMA,
          AnswerTable.rows(phases, inputs.plan().evaluation(), inputs.grader()));
      return findings(lab, recipe, inputs, phases, local.speed().sentence());
    }
  }

  private static Findings findings(
      Lab lab, PassageKeys recipe, PassageInputs inputs, Phases phases, String speed) {
    PassagePlan plan = inputs.plan();
    Results results =
        new ResultTable(METRIC, "passage", phases, lab.seeds())
            .results(List.of(Phases.NO_RL_LABEL, PassageLoop.PASSAGE_LABEL, Phases.roundLabel(1)))
            .withGates(WritingStyle.gates(plan, phases.rows(Phases.NO_RL)));
    List<Fact> facts =
        new ArrayList<>(
            CommonFacts.model(inputs.model().weights().parameterCount(), inputs.start()));
    facts.addAll(CommonFacts.adapted(recipe.loop()));
    facts.add(new Fact("grader", inputs.grader().label()));
    facts.add(CommonFacts.heldOut("passages", plan.evaluation().size(), recipe.evaluate().pool()));
    plan.notes().forEach(note -> facts.add(new Fact("passages", note)));
    lab.say(speed);
    for (RoundResult round : phases.rounds()) {
      Noise.fact(round)
          .ifPresent(
              fact -> {
                facts.add(fact);
                lab.say(fact.name() + ": " + fact.value());
              });
    }
    if (recipe.loop().reward().equals(RewardRule.TRAINED)) {
      phases
          .rounds()
          .forEach(
              round ->
                  ProxyCheck.fact(round, plan, recipe.texts(), lab.seeds()).ifPresent(facts::add));
    }
    facts.addAll(DenseReward.of(phases, lab.seeds()));
    facts.add(CommonFacts.invalid(EditCounts.of(phases.written())));
    facts.add(new Fact("inner loops", speed));
    return Findings.of(results, TABLE)
        .with(
            Sections.curves(Curves.of(inputs.start().losses(), phases)),
            WritingStyle.preferences(plan, phases),
            Sections.passages(Examples.of(phases, plan.evaluation(), inputs.grader())))
        .withFacts(facts)
        .withFiles(
            new Fact("passages.arrow", "the passages and their questions"),
            new Fact("edits.arrows", "every evaluated self-edit: the journal of the run"),
            new Fact("learning.arrows", "loss of the policy's learning"),
            new Fact("checkpoints/", "the policy before and after each round"),
            new Fact("model/", "a model of yours without its weights: sizes, tokenizer, template"),
            new Fact("answers.arrow", "every answer that the table counts"),
            new Fact("pretraining.arrow", "loss of pretraining"));
  }

  @Override
  public void describe(PassageKeys recipe, Description to) {
    if (recipe.data().source() == PassageDataKeys.Source.FILES) {
      if (recipe.model().path() == null) {
        to.say("The model is yours: name it with --set model.path=FOLDER to have it described.");
        return;
      }
      try (ModelFolder given = ModelFolder.load(recipe.modelPath())) {
        to.model(given.weights());
        trainings(recipe, given.weights(), recipe.prompts().maxTokens() - 1, to);
      }
      return;
    }
    int shards = recipe.pretrain().shards();
    BatchShape shape = recipe.mixture().shapes(shards).get(0);
    try (Weights weights = recipe.worldModel().random()) {
      to.model(weights);
      to.trainingStep(
          "Pretraining step: one of %s of %s with self-edits"
              .formatted(Amount.of(shards, "shard"), Amount.of(shape.batch(), "passage")),
          weights,
          shape);
      trainings(recipe, weights, recipe.mixture().passageTokens() - 1, to);
    }
  }

  private static void trainings(PassageKeys recipe, Weights weights, int longest, Description to) {
    InnerLoopConfig inner = recipe.inner().config();
    InnerLoopConfig learn = recipe.learn().config();
    to.innerLoopStep(
        "Inner-loop step: %s in one batch, %s each"
            .formatted(
                Amount.of(inner.adaptersPerGroup(), "adapter"), Amount.of(inner.batch(), "text")),
        weights,
        inner,
        longest);
    to.innerLoopStep(
        "M-step: one adapter, %s; the selection's weights enter as %s"
            .formatted(Amount.of(learn.batch(), "self-edit"), LmStep.LOSS_WEIGHTS),
        weights,
        learn,
        longest);
  }
}
