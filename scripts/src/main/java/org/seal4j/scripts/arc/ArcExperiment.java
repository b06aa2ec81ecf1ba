package org.seal4j.scripts.arc;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.Weights;
import org.seal4j.model.train.BatchShape;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.SealLoop;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.ConditionedLoop;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LocalLoop;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.keys.Adapted;
import org.seal4j.rl.keys.EvaluateKeys;
import org.seal4j.rl.keys.LoopKeys;
import org.seal4j.rl.keys.PretrainKeys;
import org.seal4j.rl.reward.LearnedScreen;
import org.seal4j.scripts.arc.room.Room;

/** The kind {@code arc}: SEAL on grid tasks, from scratch to a report. */
public final class ArcExperiment implements Experiment<ArcKeys> {
  /** What recipes call it. */
  public static final String KIND = "arc";

  /** In context, fixed, random, without RL, most likely. */
  private static final int CONDITIONS = 5;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ArcKeys> keys() {
    return ArcKeys.class;
  }

  @Override
  public void check(ArcKeys recipe) {
    recipe.data().requireTasks();
  }

  @Override
  public void requireMemory(ArcKeys recipe) {
    recipe.pretraining(Seeds.of(0)).requireMemory();
    InnerLoopMemory.require("inner", recipe.modelConfig(), recipe.inner().config());
    InnerLoopMemory.require("learn", recipe.modelConfig(), recipe.learn().config());
  }

  @Override
  public Forecast forecast(ArcKeys recipe) {
    LoopKeys loop = recipe.loop();
    EvaluateKeys evaluate = recipe.evaluate();
    double rounds = loop.rounds();
    double written = rounds * loop.contextsPerRound() * loop.editsPerContext();
    double evaluated = (double) evaluate.contexts() * evaluate.editsPerContext();
    return new Forecast(
        MemoryNeed.ofWeights(recipe.modelConfig()).bytes(),
        rounds + 2 + (Adapted.of(loop.adapted()) == Adapted.START ? 1 : 0),
        written
            + (rounds + CONDITIONS) * evaluated
            + recipe.gate().tasks()
            + (recipe.room() == null
                ? 0
                : recipe.room().rows(evaluate.contexts(), evaluate.editsPerContext())),
        true);
  }

  @Override
  public Findings run(Lab lab, ArcKeys recipe) {
    // 1. The tasks: what the loop learns from, and what only evaluations see.
    TaskPlan plan = lab.stage("tasks", () -> TaskPlan.of(recipe, lab.seeds()));
    plan.notes().forEach(lab::say);
    if (!plan.leftOut().isEmpty()) {
      lab.say("left out: " + Notes.leftOut(plan.leftOut()));
    }
    lab.inputs(plan.hashes());
    lab.table("tasks", TaskTable.SCHEMA, TaskTable.rows(plan));
    lab.table("left_out", LeftOutTable.SCHEMA, LeftOutTable.rows(plan.leftOut()));
    // 2. The model before the loop: from the cache, or trained now.
    try (Pretrained pretrained =
        lab.stage("pretraining", () -> lab.pretrained(recipe.pretraining(lab.seeds())))) {
      lab.table("pretraining", LossTable.SCHEMA, LossTable.rows(pretrained.losses()));
      // 3. The loop, with its evaluations on held-out tasks.
      SharedModel model = new SharedModel(pretrained.weights(), lab.workers());
      try (Roles roles = recipe.loop().roles(model);
          LocalLoop<GridContext, FewShotEdit> local =
              new LocalLoop<>(lab, roles, recipe.domain(), recipe.how());
          Journal journal = Journal.open(lab.folder(), lab.identity())) {
        Optional<LearnedScreen<GridContext, FewShotEdit>> screen =
            recipe.loop().screened(recipe.domain());
        Optional<Room> room = ArcRoom.of(lab, recipe, plan, roles, ArcFindings.FIXED);
        Phases phases =
            lab.stage(
                "loop and evaluations",
                () ->
                    phases(
                        lab, recipe, plan, roles, ports(lab, local, journal, screen, room), room));
        lab.table("evaluations", EvaluationTable.SCHEMA, EvaluationTable.rows(phases));
        // 4. The policy after the last round, for tasks of a person's own, and what was found.
        KeptModel.write(lab, recipe, roles, SealLoop.policyName(recipe.loop().rounds()));
        Findings found =
            new ArcFindings(lab, recipe, plan, phases)
                .of(pretrained, local.speed().sentence())
                .withFacts(screen.map(CommonFacts::screen).orElse(List.of()));
        return room.map(measured -> measured.into(found, phases))
            .orElse(found)
            .with(Pictures.sections(phases, plan.evaluation(), recipe.edit()));
      }
    }
  }

  private static LoopPorts<GridContext, FewShotEdit> ports(
      Lab lab,
      LocalLoop<GridContext, FewShotEdit> local,
      Journal journal,
      Optional<LearnedScreen<GridContext, FewShotEdit>> screen,
      Optional<Room> room) {
    Path checkpoints = lab.folder("checkpoints");
    local.begin(checkpoints);
    var ports = local.ports(journal, checkpoints).withScreen(screen.orElse(null));
    return room.map(measured -> measured.around(ports)).orElse(ports);
  }

  private static Phases phases(
      Lab lab,
      ArcKeys recipe,
      TaskPlan plan,
      Roles roles,
      LoopPorts<GridContext, FewShotEdit> ports,
      Optional<Room> room) {
    ConditionedLoop<GridContext, FewShotEdit> loop =
        new ConditionedLoop<>(
            lab,
            ports,
            recipe.loop().config(recipe.learns()),
            plan.loop(recipe.evaluate().editsPerContext()),
            lab.seeds().child("loop"));
    room.ifPresent(loop::watchedBy);
    int edits = recipe.evaluate().editsPerContext();
    EditSource<GridContext, FewShotEdit> fixed = EditSource.fixed(recipe.fixedEdit());
    List<EditRow> gate = loop.evaluate(ArcFindings.GATE, TaskPlan.contexts(plan.gate()), fixed, 1);
    lab.say(Gate.of(gate, recipe.gate()).sentence());
    loop.condition("in-context", "in-context", EditSource.none(), 1);
    loop.ceiling(ArcFindings.FIXED, "fixed", fixed, edits);
    loop.condition(
        ArcFindings.RANDOM,
        "uniform-random",
        new UniformEdits(recipe, ports.format()).source(),
        edits);
    loop.withoutRl();
    room.ifPresent(measured -> measured.beforeRounds(loop));
    Phases rounds = loop.rounds();
    Phases phases =
        recipe.policy().restricted()
            ? new MostLikely(
                    recipe.domain(), roles.policy(), recipe.policy().sampling(), lab.seeds())
                .evaluate(loop, rounds, TaskPlan.contexts(plan.evaluation()), edits)
            : rounds;
    return room.map(measured -> measured.afterRounds(loop, phases)).orElse(phases);
  }

  @Override
  public void describe(ArcKeys recipe, Description to) {
    InnerLoopConfig inner = recipe.inner().config();
    InnerLoopConfig learn = recipe.learn().config();
    PretrainKeys pretrain = recipe.pretrain();
    int perShard = pretrain.size() / pretrain.shards();
    try (Weights weights = Weights.random(recipe.modelConfig(), 1, 1, Seeds.of(0))) {
      to.model(weights);
      to.say("%d different self-edits, one choice of each:", recipe.edit().configurations());
      to.columns(recipe.edit().choices());
      to.trainingStep(
          "Pretraining step: one of %s of %s"
              .formatted(Amount.of(pretrain.shards(), "shard"), Amount.of(perShard, "sequence")),
          weights,
          new BatchShape(perShard, recipe.inputs()));
      to.innerLoopStep(
          "Inner-loop step: %s in one batch, %s each"
              .formatted(
                  Amount.of(inner.adaptersPerGroup(), "adapter"),
                  Amount.of(inner.batch(), "sequence")),
          weights,
          inner,
          recipe.inputs());
      to.innerLoopStep(
          "M-step: one adapter, %s; the selection's weights are loss weights"
              .formatted(Amount.of(learn.batch(), "self-edit")),
          weights,
          learn,
          recipe.inputs());
    }
  }
}
