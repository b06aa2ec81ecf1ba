package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.Results;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.InOrder;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.ContinualModel;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.passage.Residents;
import org.seal4j.scripts.passage.WorldModel;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** Continual self-edits from top to bottom. */
final class ContinualRun {
  private final RunContext context;
  private final ContinualConfig config;
  private final RunFolder folder;
  private final Seeds seeds;
  private final Timings timings = new Timings();

  /** One sequence in one mode. */
  private record Link(int sequence, Mode mode) {}

  ContinualRun(RunContext context, ContinualConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
    this.seeds = context.seeds().child("continual");
  }

  void run() {
    // 1. The passages in their order, and whom the model knew before them.
    InventedWorld world = WorldModel.world(context.seeds());
    SequencePlan plan = SequencePlan.of(world, config.sequences(), seeds.child("sequences"));
    GuardsConfig guards = config.guards();
    Residents residents =
        Residents.of(world, guards.anchors(), guards.measured(), seeds.child("residents"));
    context.recordManifest(config, Map.of("sequences", plan.hash()));

    try (Workers workers = new Workers(context.workers());
        // 2. The un-edited model: from the cache, or trained now.
        Pretrained pretrained =
            timings.stage("pretraining", () -> config.worldModel().obtain(context, workers))) {
      LossTable.write(folder.table("pretraining"), pretrained.losses());

      // 3. Every sequence in every mode.
      SharedModel start = new SharedModel(pretrained.weights(), workers);
      List<StepRow> rows =
          timings.stage("sequences", () -> sequences(plan, start, residents, workers));

      // 4. Tables, page and hashes; the table a person came for is printed last.
      List<ModeFigures> modes =
          config.modes().stream().map(mode -> ModeFigures.of(mode, rows)).toList();
      Results results = new ContinualResults(context.seeds(), guards.measured()).of(modes);
      RunEnd.write(context, results, timings);
      new ContinualReport(context, config, plan, modes).write(results, pretrained, timings);
      print(results, modes);
    }
  }

  private void print(Results results, List<ModeFigures> modes) {
    modes.forEach(mode -> context.say(mode.sentence()));
    String warning = config.sequences().count() < 5 ? ReportFacts.size(results) : "";
    RunEnd.print(context, results, ContinualReport.TABLE, warning);
  }

  private List<StepRow> sequences(
      SequencePlan plan, SharedModel start, Residents residents, Workers workers) {
    List<Link> links = new ArrayList<>();
    for (int s = 0; s < plan.sequences().size(); s++) {
      for (Mode mode : config.modes()) {
        links.add(new Link(s, mode));
      }
    }
    IdentityHashMap<Worker, ContinualModel> models = new IdentityHashMap<>();
    try (RowLog log = RowLog.open(folder.log(StepTable.NAME), StepTable.SCHEMA)) {
      int rowsEach = config.sequences().passages() + 1;
      int done = log.rows().size() / rowsEach;
      context.progress().start("sequences", links.size());
      context.progress().step(done, "");
      Chain chain = new Chain(config, before(start, residents, workers), seeds);
      InOrder<List<StepRow>> order =
          new InOrder<>(links.size() - done, rows -> append(log, rows, rowsEach));
      workers.run(
          links.size() - done,
          (i, worker) -> {
            Link link = links.get(done + i);
            ContinualModel model = model(models, start, worker);
            List<StepRow> rows =
                chain.run(model, link.sequence, plan.sequences().get(link.sequence), link.mode);
            synchronized (order) {
              order.put(i, rows);
              context.progress().step(done + order.released(), link.mode.label());
            }
          });
      context.progress().end();
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

  private Chain.Before before(SharedModel start, Residents residents, Workers workers) {
    List<Chain.Before> made = new ArrayList<>();
    workers.run(
        1,
        (i, worker) -> {
          try (ContinualModel model = config.model(start, worker)) {
            made.add(
                new Chain.Before(
                    residents,
                    model.teacher(residents.anchors()),
                    model.fisherOfAnswers(residents.anchors())));
          }
        });
    return made.get(0);
  }

  private ContinualModel model(
      IdentityHashMap<Worker, ContinualModel> models, SharedModel start, Worker worker) {
    synchronized (models) {
      return models.computeIfAbsent(worker, w -> config.model(start, w));
    }
  }
}
