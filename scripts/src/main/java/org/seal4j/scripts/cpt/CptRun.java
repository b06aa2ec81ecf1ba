package org.seal4j.scripts.cpt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.Results;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.Grade;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.ContinuedPretraining;
import org.seal4j.rl.inner.ExamRunner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.passage.Residents;
import org.seal4j.scripts.passage.WorldModel;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** Continued pretraining from top to bottom. */
final class CptRun {
  private final RunContext context;
  private final CptConfig config;
  private final RunFolder folder;
  private final Seeds seeds;
  private final Timings timings = new Timings();

  CptRun(RunContext context, CptConfig config) {
    this.context = context;
    this.config = config;
    this.folder = context.folder();
    this.seeds = context.seeds().child("cpt");
  }

  void run() {
    // 1. The passages, and whom the model knew before them.
    InventedWorld world = WorldModel.world(context.seeds());
    CptTexts texts = new CptTexts(config, world, seeds.child("texts"));
    Residents residents =
        Residents.of(world, 1, config.data().residents(), seeds.child("residents"));
    context.recordManifest(config, Map.of("passages", texts.hash()));

    try (Workers workers = new Workers(context.workers());
        // 2. The base model: from the cache, or trained now.
        Pretrained pretrained =
            timings.stage("pretraining", () -> config.worldModel().obtain(context, workers))) {
      LossTable.write(folder.table("pretraining"), pretrained.losses());
      SharedModel base = new SharedModel(pretrained.weights(), workers);

      // 3. A model for each method and each kind of text, asked about everything.
      List<Fit> fits = fits(base, texts, residents);

      // 4. Tables, page and hashes; the table a person came for is printed last.
      List<Passage> passages = texts.passages();
      Results results =
          new CptResults(context.seeds(), passages.stream().map(Passage::id).toList()).of(fits);
      RunEnd.write(context, results, timings);
      new CptReport(context, config, passages, fits).write(results, pretrained, timings);
      print(results, fits);
    }
  }

  private void print(Results results, List<Fit> fits) {
    fits.forEach(fit -> context.say(CptReport.sentence(fit)));
    RunEnd.print(context, results, CptReport.TABLE, ReportFacts.size(results));
  }

  private List<Fit> fits(SharedModel base, CptTexts texts, Residents residents) {
    List<Texts> kinds = List.of(Texts.values());
    ModelPolicy<PassageContext> policy =
        new ModelPolicy<>(base, config.domain(), config.policy().sampling());
    List<List<List<String>>> written =
        timings.stage("texts", () -> kinds.stream().map(kind -> texts.of(kind, policy)).toList());
    texts.write(folder.table("texts"), kinds, written);
    try (RowLog log = RowLog.open(folder.log(FitTable.NAME), FitTable.SCHEMA)) {
      if (log.rows().isEmpty()) {
        List<Grade> asked = ask(base, texts.passages());
        Grade known = ask(base, List.of(residents.measured())).get(0);
        log.append(FitTable.toTable(new Fit(Optional.empty(), 0, List.of(), asked, known)));
      }
      int number = 0;
      for (Method method : Method.values()) {
        for (int k = 0; k < kinds.size(); k++) {
          number++;
          if (log.rows().size() <= number) {
            Fit.Arm arm = new Fit.Arm(method, kinds.get(k));
            List<String> all = written.get(k).stream().flatMap(List::stream).toList();
            Fit fit = timings.stage(arm.label(), () -> fit(base, arm, all, texts, residents));
            log.append(FitTable.toTable(fit));
          }
        }
      }
      return log.rows().stream().map(FitTable::fromTable).toList();
    }
  }

  private Fit fit(
      SharedModel base, Fit.Arm arm, List<String> all, CptTexts texts, Residents residents) {
    CptTraining training = config.training();
    List<TokenSequence> stream =
        ContinuedPretraining.stream(
            config.worldModel().language().documents(all, config.texts().paddedLabels()),
            training.steps() * training.batch(),
            seeds.child("stream", arm.texts()));
    try (Weights weights = base.weights().copy()) {
      SharedModel model = new SharedModel(weights, base.workers());
      context.progress().start(arm.label(), arm.method() == Method.FULL ? training.steps() : 0);
      List<Double> losses =
          switch (arm.method()) {
            case LORA ->
                AdapterFit.merge(
                    model,
                    new AdapterFit.Config(training.lora(), training.loraLearningRate(), 1),
                    stream,
                    seeds.child("lora", arm.texts()));
            case FULL ->
                ContinuedPretraining.full(
                    model, training.full(), stream, step -> context.progress().step(step, ""));
          };
      context.progress().end();
      return new Fit(
          Optional.of(arm),
          all.size(),
          losses,
          ask(model, texts.passages()),
          ask(model, List.of(residents.measured())).get(0));
    }
  }

  private List<Grade> ask(SharedModel model, List<Passage> passages) {
    return ExamRunner.ask(
        model, config.domain().examiner(), passages.stream().map(PassageContext::new).toList());
  }
}
