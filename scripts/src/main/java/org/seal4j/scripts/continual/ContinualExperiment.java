package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.InOrder;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.ContinualModel;
import org.seal4j.scripts.passage.Examples;
import org.seal4j.scripts.passage.PriorKnowledge;
import org.seal4j.scripts.passage.WorldModel;

/** The kind {@code continual}: passages one after another, and what is forgotten of them. */
public final class ContinualExperiment implements Experiment<ContinualKeys> {
  private static final String TABLE =
      "mean share of the passages' questions answered without them: of each passage just after its"
          + " training, and of all after the last; prior knowledge is that of pretraining;"
          + " intervals and differences are "
          + ResultTable.bootstrapped("sequences");
  private static final int FEW_SEQUENCES = 5;

  /** One sequence in one mode. */
  private record Job(int sequence, Mode mode) {}

  @Override
  public String kind() {
    return "continual";
  }

  @Override
  public Class<ContinualKeys> keys() {
    return ContinualKeys.class;
  }

  @Override
  public void requireMemory(ContinualKeys recipe) {
    recipe.worldModel().requireMemory();
    recipe.worldModel().requireMemory("inner", recipe.inner());
    GuardsKeys guards = recipe.guards();
    PriorKnowledge.require(guards.anchors(), guards.measured());
  }

  @Override
  public Forecast forecast(ContinualKeys recipe) {
    SequencesKeys sequences = recipe.sequences();
    double rows = sequences.count() * (sequences.passages() + 1.0) * recipe.modes().size();
    return new Forecast(recipe.worldModel().weightsBytes(), 0, rows, true);
  }

  @Override
  public Findings run(Lab lab, ContinualKeys recipe) {
    // 1. The passages in their order, and questions on what the model knew before.
    Seeds seeds = lab.seeds().child("continual");
    InventedWorld world = WorldModel.world(lab.seeds());
    SequencePlan plan = SequencePlan.of(world, recipe.sequences(), seeds.child("sequences"));
    GuardsKeys guards = recipe.guards();
    PriorKnowledge prior =
        PriorKnowledge.of(world, guards.anchors(), guards.measured(), seeds.child("residents"));
    lab.inputs(Map.of("sequences", plan.hash()));
    // 2. The un-edited model: from the cache, or trained now.
    try (Pretrained pretrained = recipe.worldModel().obtain(lab)) {
      lab.table("pretraining", LossTable.SCHEMA, LossTable.rows(pretrained.losses()));
      // 3. Every sequence in every mode.
      SharedModel start = new SharedModel(pretrained.weights(), lab.workers());
      List<StepRow> rows =
          lab.stage("sequences", () -> sequences(lab, recipe, plan, start, prior, seeds));
      // 4. What it found.
      List<ModeFigures> modes =
          recipe.modes().stream().map(mode -> ModeFigures.of(mode, rows)).toList();
      modes.forEach(mode -> lab.say(mode.sentence()));
      return findings(lab, recipe, plan, modes, pretrained);
    }
  }

  private static List<StepRow> sequences(
      Lab lab,
      ContinualKeys recipe,
      SequencePlan plan,
      SharedModel start,
      PriorKnowledge prior,
      Seeds seeds) {
    List<Job> jobs = new ArrayList<>();
    for (int s = 0; s < plan.sequences().size(); s++) {
      for (Mode mode : recipe.modes()) {
        jobs.add(new Job(s, mode));
      }
    }
    IdentityHashMap<Worker, ContinualModel> models = new IdentityHashMap<>();
    try (RowLog log = lab.log(StepTable.NAME, StepTable.SCHEMA)) {
      int rowsEach = recipe.sequences().passages() + 1;
      int done = log.rows().size() / rowsEach;
      lab.listener().start("sequences", jobs.size());
      lab.listener().step(done, "");
      SequenceRun run = new SequenceRun(recipe, before(recipe, start, prior), seeds);
      InOrder<List<StepRow>> order =
          new InOrder<>(jobs.size() - done, rows -> append(log, rows, rowsEach));
      lab.workers()
          .run(
              jobs.size() - done,
              (i, worker) -> {
                Job job = jobs.get(done + i);
                ContinualModel model = model(models, recipe, start, worker);
                List<StepRow> rows =
                    run.run(model, job.sequence, plan.sequences().get(job.sequence), job.mode);
                synchronized (order) {
                  order.put(i, rows);
                  lab.listener().step(done + order.finished(), job.mode.label());
                }
              });
      lab.listener().end();
      return log.rows().stream().map(StepTable::fromTable).toList();
    } finally {
      models.values().forEach(ContinualModel::close);
    }
  }

  /** Appends the rows of a sequence, but not those that a killed run has left already. */
  private static void append(RowLog log, List<StepRow> rows, int rowsEach) {
    int there = log.rows().size() % rowsEach;
    rows.subList(there, rows.size()).forEach(row -> log.append(StepTable.toTable(row)));
  }

  private static SequenceRun.Before before(
      ContinualKeys recipe, SharedModel start, PriorKnowledge prior) {
    List<SequenceRun.Before> made = new ArrayList<>();
    start
        .workers()
        .run(
            1,
            (i, worker) -> {
              try (ContinualModel model = recipe.model(start, worker)) {
                made.add(
                    new SequenceRun.Before(
                        prior,
                        model.teacher(prior.anchors()),
                        model.fisherOfAnswers(prior.anchors())));
              }
            });
    return made.get(0);
  }

  private static ContinualModel model(
      IdentityHashMap<Worker, ContinualModel> models,
      ContinualKeys recipe,
      SharedModel start,
      Worker worker) {
    synchronized (models) {
      return models.computeIfAbsent(worker, w -> recipe.model(start, w));
    }
  }

  private static Findings findings(
      Lab lab,
      ContinualKeys recipe,
      SequencePlan plan,
      List<ModeFigures> modes,
      Pretrained pretrained) {
    SequencesKeys sequences = recipe.sequences();
    Results results = new ContinualResults(lab.seeds(), recipe.guards().measured()).of(modes);
    List<Fact> facts =
        new ArrayList<>(CommonFacts.model(pretrained.weights().parameterCount(), pretrained));
    facts.add(new Fact("grader", recipe.answer().grader().label()));
    facts.add(new Fact("sequences", Integer.toString(sequences.count())));
    facts.add(CommonFacts.heldOut("passages of each", sequences.passages(), sequences.pool()));
    facts.add(
        new Fact(
            "self-edits", "by the " + recipe.edits().writer().name().toLowerCase(Locale.ROOT)));
    modes.forEach(mode -> facts.add(new Fact("mode", mode.sentence())));
    Findings findings =
        Findings.of(results, TABLE)
            .with(
                Sections.curves(List.of(byAge(modes))),
                Sections.matrices(modes.stream().map(ModeFigures::matrix).toList()),
                Sections.passages(List.of(example(recipe, plan, modes))))
            .withFacts(facts)
            .withFiles(
                new Fact("steps.arrows", "every row of every matrix, with self-edits and answers"),
                new Fact("pretraining.arrow", "loss of pretraining"));
    return sequences.count() < FEW_SEQUENCES ? findings : findings.withoutWarning();
  }

  private static Curve byAge(List<ModeFigures> modes) {
    List<Curve.Line> lines = new ArrayList<>();
    for (ModeFigures mode : modes) {
      List<Curve.Point> points = new ArrayList<>();
      List<Double> means = mode.byAge();
      for (int age = 0; age < means.size(); age++) {
        points.add(new Curve.Point(age, means.get(age)));
      }
      lines.add(new Curve.Line(mode.mode().label(), points));
    }
    return new Curve("Retention of a passage", "passages trained on since", "mean share", lines);
  }

  /** The first passage of the first sequence: just after its training, and after all others. */
  private static PassageExample example(
      ContinualKeys recipe, SequencePlan plan, List<ModeFigures> modes) {
    Passage passage = plan.sequences().get(0).get(0).passage();
    List<Examples.Written> produced = new ArrayList<>();
    for (ModeFigures mode : modes) {
      List<StepRow> rows = mode.rows().stream().filter(row -> row.sequence() == 0).toList();
      StepRow first = rows.get(1);
      StepRow last = rows.get(rows.size() - 1);
      produced.add(
          new Examples.Written(
              ContinualResults.justEdited(mode.mode()),
              first.selfEdit(),
              first.answers().get(0),
              recipe.answer().grader()));
      produced.add(
          new Examples.Written(
              ContinualResults.afterAll(mode.mode()),
              first.selfEdit(),
              last.answers().get(0),
              recipe.answer().grader()));
    }
    return Examples.of(passage, produced);
  }

  @Override
  public void describe(ContinualKeys recipe, Description to) {
    InnerLoopConfig inner = recipe.inner().config();
    SequencesKeys sequences = recipe.sequences();
    try (Weights weights = recipe.worldModel().random()) {
      to.model(weights);
      to.say(
          "%n%s of %s in each of the modes %s",
          Amount.of(sequences.count(), "sequence"),
          Amount.of(sequences.passages(), "passage"),
          recipe.modes().stream().map(Mode::label).collect(Collectors.joining(", ")));
      to.innerLoopStep(
          "Training step of an adapter, which is then merged: " + Amount.of(inner.batch(), "text"),
          weights,
          inner,
          recipe.mixture().passageTokens() - 1);
    }
  }
}
