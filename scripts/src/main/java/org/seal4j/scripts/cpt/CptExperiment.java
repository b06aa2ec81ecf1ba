package org.seal4j.scripts.cpt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Sections;
import org.seal4j.model.Weights;
import org.seal4j.model.train.BatchShape;
import org.seal4j.rl.Grade;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.ContinuedPretraining;
import org.seal4j.rl.inner.ExamRunner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.passage.Examples;
import org.seal4j.scripts.passage.PriorKnowledge;
import org.seal4j.scripts.passage.WorldModel;

/** The kind {@code cpt}: continued pretraining, many passages into one model at once. */
public final class CptExperiment implements Experiment<CptKeys> {
  private static final String TABLE =
      "mean share of a passage's questions answered without it by one model that was trained on all"
          + " passages; the base model shows what it already answers, prior knowledge is that of"
          + " pretraining; intervals are "
          + ResultTable.bootstrapped("passages")
          + ", those of prior knowledge are Wilson's";
  private static final int EXAMPLES = 2;

  @Override
  public String kind() {
    return "cpt";
  }

  @Override
  public Class<CptKeys> keys() {
    return CptKeys.class;
  }

  @Override
  public void requireMemory(CptKeys recipe) {
    recipe.worldModel().requireMemory();
    recipe.worldModel().requireMemory("inner", recipe.inner());
    PriorKnowledge.require(1, recipe.data().priorQuestions());
    recipe.training().requireMemory(recipe.inner());
  }

  @Override
  public Forecast forecast(CptKeys recipe) {
    long fits = 1 + (long) Method.values().length * Texts.values().length;
    return new Forecast(
        recipe.worldModel().weightsBytes(), 0, fits * recipe.data().passages(), true);
  }

  @Override
  public Findings run(Lab lab, CptKeys recipe) {
    // 1. The passages, and questions on what the model knew before.
    Seeds seeds = lab.seeds().child("cpt");
    InventedWorld world = WorldModel.world(lab.seeds());
    CptTexts texts = new CptTexts(recipe, world, seeds.child("texts"));
    PriorKnowledge prior =
        PriorKnowledge.of(world, 1, recipe.data().priorQuestions(), seeds.child("residents"));
    lab.inputs(Map.of("passages", texts.hash()));
    // 2. The base model: from the cache, or trained now.
    try (Pretrained pretrained = recipe.worldModel().obtain(lab)) {
      lab.table("pretraining", LossTable.SCHEMA, LossTable.rows(pretrained.losses()));
      // 3. A model for each method and each kind of text, asked about everything.
      SharedModel base = new SharedModel(pretrained.weights(), lab.workers());
      List<Fit> fits = new Fitting(lab, recipe, base, prior.measured(), seeds).fits(texts);
      // 4. What it found.
      fits.forEach(fit -> lab.say(sentence(fit)));
      return findings(lab, recipe, texts.passages(), fits, pretrained);
    }
  }

  /** Trains the models, one after another, each a row of the log. */
  private record Fitting(
      Lab lab, CptKeys recipe, SharedModel base, Passage priorQuestions, Seeds seeds) {
    List<Fit> fits(CptTexts texts) {
      List<Texts> kinds = List.of(Texts.values());
      ModelPolicy<PassageContext> policy =
          new ModelPolicy<>(base, recipe.domain(), recipe.policy().sampling());
      List<List<List<String>>> written =
          lab.stage("texts", () -> kinds.stream().map(kind -> texts.of(kind, policy)).toList());
      lab.table("texts", CptTexts.SCHEMA, texts.rows(kinds, written));
      List<Passage> passages = texts.passages();
      try (RowLog log = lab.log(FitTable.NAME, FitTable.SCHEMA)) {
        if (log.rows().isEmpty()) {
          log.append(FitTable.toTable(fit(base, Optional.empty(), 0, List.of(), passages)));
        }
        int number = 0;
        for (Method method : Method.values()) {
          for (int k = 0; k < kinds.size(); k++) {
            number++;
            if (log.rows().size() <= number) {
              Fit.Arm arm = new Fit.Arm(method, kinds.get(k));
              List<String> all = written.get(k).stream().flatMap(List::stream).toList();
              Fit fit = lab.stage(arm.label(), () -> fit(arm, all, passages));
              log.append(FitTable.toTable(fit));
            }
          }
        }
        return log.rows().stream().map(FitTable::fromTable).toList();
      }
    }

    private Fit fit(Fit.Arm arm, List<String> all, List<Passage> passages) {
      TrainingKeys training = recipe.training();
      List<TokenSequence> stream =
          ContinuedPretraining.stream(
              recipe.worldModel().language().documents(all, recipe.texts().paddedLabels()),
              Math.multiplyExact(training.steps(), recipe.inner().batch()),
              seeds.child("stream", arm.texts()));
      try (Weights weights = base.weights().copy()) {
        SharedModel model = new SharedModel(weights, base.workers());
        lab.listener().start(arm.label(), arm.method() == Method.FULL ? training.steps() : 0);
        List<Double> losses =
            switch (arm.method()) {
              case LORA ->
                  AdapterFit.merge(model, recipe.lora(), stream, seeds.child("lora", arm.texts()));
              case FULL ->
                  ContinuedPretraining.full(
                      model,
                      training.full(recipe.inner()),
                      stream,
                      step -> lab.listener().step(step, ""));
            };
        lab.listener().end();
        return fit(model, Optional.of(arm), all.size(), losses, passages);
      }
    }

    private Fit fit(
        SharedModel model,
        Optional<Fit.Arm> arm,
        int texts,
        List<Double> losses,
        List<Passage> passages) {
      return new Fit(
          arm, texts, losses, ask(model, passages), ask(model, List.of(priorQuestions)).get(0));
    }

    private List<Grade> ask(SharedModel model, List<Passage> passages) {
      return ExamRunner.ask(
          model, recipe.domain().examiner(), passages.stream().map(PassageContext::new).toList());
    }
  }

  private static Findings findings(
      Lab lab, CptKeys recipe, List<Passage> passages, List<Fit> fits, Pretrained pretrained) {
    List<Fact> facts =
        new ArrayList<>(CommonFacts.model(pretrained.weights().parameterCount(), pretrained));
    facts.add(new Fact("grader", recipe.answer().grader().label()));
    facts.add(CommonFacts.heldOut("passages", passages.size(), recipe.data().pool()));
    fits.forEach(fit -> facts.add(new Fact("model", sentence(fit))));
    List<Curve.Line> lines =
        fits.stream()
            .filter(fit -> !fit.losses().isEmpty())
            .map(fit -> Curve.Line.of(fit.label(), fit.losses()))
            .toList();
    return Findings.of(
            new CptResults(lab.seeds(), passages.stream().map(Passage::id).toList()).of(fits),
            TABLE)
        .with(
            Sections.curves(
                List.of(
                    new Curve("Continued pretraining", "step", "loss (nats per token)", lines))),
            Sections.passages(
                passages.stream()
                    .limit(EXAMPLES)
                    .map(passage -> Examples.of(passage, produced(recipe, passages, passage, fits)))
                    .toList()))
        .withFacts(facts)
        .withFiles(
            new Fact("texts.arrow", "every training text"),
            new Fact("fits.arrows", "every trained model: losses and answers"),
            new Fact("pretraining.arrow", "loss of pretraining"));
  }

  private static List<Examples.Written> produced(
      CptKeys recipe, List<Passage> passages, Passage passage, List<Fit> fits) {
    int at = passages.indexOf(passage);
    return fits.stream()
        .map(
            fit ->
                new Examples.Written(
                    fit.label(), "", fit.answered().get(at).answers(), recipe.answer().grader()))
        .toList();
  }

  /** For a person. */
  private static String sentence(Fit fit) {
    List<Double> losses = fit.losses();
    return losses.isEmpty()
        ? fit.label()
        : String.format(
            Locale.ROOT,
            "%s: %s, %s, loss %.2f to %.2f",
            fit.label(),
            Amount.of(fit.texts(), "text"),
            Amount.of(losses.size(), "step"),
            losses.get(0),
            losses.get(losses.size() - 1));
  }

  @Override
  public void describe(CptKeys recipe, Description to) {
    TrainingKeys training = recipe.training();
    int longest = recipe.mixture().passageTokens() - 1;
    int batch = recipe.inner().batch();
    BatchShape shard = new BatchShape(batch / training.shards(), longest);
    try (Weights weights = recipe.worldModel().random()) {
      to.model(weights);
      to.innerLoopStep(
          "LoRA: a step on " + Amount.of(batch, "text"), weights, recipe.inner().config(), longest);
      to.trainingStep(
          "Full fine-tuning: one of %s of a step, %s"
              .formatted(Amount.of(training.shards(), "shard"), Amount.of(shard.batch(), "text")),
          weights,
          shard);
    }
  }
}
