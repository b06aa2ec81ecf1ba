package org.seal4j.scripts.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Fact;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.train.AdapterTrainer;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.train.TuningKeys.Trained;
import org.seal4j.scripts.tuning.AdapterLearning;
import org.seal4j.scripts.tuning.Course;
import org.seal4j.scripts.tuning.Learning;
import org.seal4j.scripts.tuning.LessonEncoder;
import org.seal4j.scripts.tuning.Measure;
import org.seal4j.scripts.tuning.TrainedFolder;
import org.seal4j.scripts.tuning.TrainingLoop;

/** One run, from its rows to what it found. */
final class TrainRun {
  private final Lab lab;
  private final TrainKeys recipe;
  private final ModelFolder model;
  private final LessonEncoder encoder;
  private final Seeds seeds;

  TrainRun(Lab lab, TrainKeys recipe, ModelFolder model) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    encoder = LessonEncoder.of(recipe.data().chat(), model);
    seeds = lab.seeds().child("train");
  }

  Findings findings() {
    // 1. The rows, and what they are for.
    LessonPlan plan =
        lab.stage("rows", () -> LessonPlan.of(recipe.data(), encoder, model.context(), seeds));
    lab.inputs(hashes());
    lab.say(plan.sentence());
    plan.notes().forEach(lab::say);
    lab.table("rows", LessonPlan.SCHEMA, plan.rows());
    // 2. The model as it is.
    RowAnswers asked =
        RowAnswers.of(
            plan.measured(), recipe.samples(), encoder, model.endTokens(), model.context());
    LinearBank base = LinearBank.base(model.weights());
    Measure before = lab.stage("before", () -> measure(base, plan));
    List<String> first =
        lab.stage("before", () -> asked.of(model.weights(), base, lab.workers().engine()));
    // 3. The training, and the files that it leaves.
    try (Learning learning = learning(plan)) {
      Course course = lab.stage("training", () -> train(plan, learning, before));
      lab.say(plan.measuredLabel() + " loss " + course.measurements());
      lab.say(course.sentence());
      // 4. The model as it is now.
      Outcome after = lab.stage("after", () -> after(plan, learning, asked));
      List<Row> answers = asked.table(first, after.answers);
      lab.table("answers", RowAnswers.SCHEMA, answers);
      after.files.forEach(file -> lab.say(file.name() + ": " + lab.folder().resolve(file.name())));
      TrainedFolder.clear(lab.folder().resolve("checkpoints"));
      return new TrainFindings(plan.measuredLabel(), course, before, after.measure, seeds)
          .of(facts(plan, learning), answers, files(after));
    }
  }

  /** What the trained model knows and says, and the folders that were written. */
  private record Outcome(Measure measure, List<String> answers, List<Fact> files) {}

  private Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>(ModelHashes.of(recipe.model().required()));
    hashes.put("rows", ContentHash.ofFile(recipe.data().required()));
    Path validation = recipe.data().validation();
    if (validation != null) {
      hashes.put("validation", ContentHash.ofFile(validation));
    }
    return hashes;
  }

  private Measure measure(LinearBank bank, LessonPlan plan) {
    return Measure.of(
        model.weights(), bank, plan.measured(), recipe.training().shards(), lab.workers());
  }

  private Learning learning(LessonPlan plan) {
    long steps = recipe.steps(plan.trained().size());
    int longest =
        plan.trained().stream()
            .mapToInt(lesson -> BatchFiller.inputLength(lesson.tokens()))
            .max()
            .orElse(1);
    if (recipe.training().weights() == Trained.ADAPTER) {
      InnerLoopMemory.require("inner", model.config(), recipe.inner().config(), longest);
      requireHeadOfItsOwn();
      return new AdapterLearning(
          model.weights(),
          new AdapterTrainer(
              model.weights(), recipe.adapter(steps), seeds.child("adapter"), lab.workers()));
    }
    TrainConfig config = recipe.full(steps);
    List<BatchShape> shards = Trainer.equalShards(config, longest);
    Pretraining.requireMemory(model.config(), shards, steps);
    return new FullLearning(
        model.weights(), new Trainer(model.weights(), config, shards, lab.workers()));
  }

  private void requireHeadOfItsOwn() {
    String targets = recipe.inner().lora().targetModules();
    Checks.require(
        !model.config().tiedHead() || !targets.contains("head"),
        "inner.lora.targetModules is %s, but the head of %s is its embedding and cannot have an"
            + " adapter; use all-linear",
        targets,
        model.source());
  }

  private Course train(LessonPlan plan, Learning learning, Measure before) {
    int rows = plan.trained().size();
    TrainingLoop.Plan when =
        new TrainingLoop.Plan(
            plan.batches(recipe.inner().batch(), seeds.child("order")),
            recipe.steps(rows),
            recipe.evaluateEvery(rows),
            recipe.training().checkpointEvery(),
            Optional.ofNullable(recipe.training().patience()),
            plan.heldOut());
    return new TrainingLoop(lab, when, learning)
        .run(before, () -> measure(learning.linears(), plan));
  }

  private Outcome after(LessonPlan plan, Learning learning, RowAnswers asked) {
    return learning instanceof AdapterLearning adapter
        ? adapted(plan, adapter, asked)
        : full(plan, learning, asked);
  }

  /** Measures the adapter as it lies in its files, so that what is reported is what is there. */
  private Outcome adapted(LessonPlan plan, AdapterLearning learning, RowAnswers asked) {
    Path folder = lab.folder().resolve(TrainedFolder.ADAPTER);
    TrainedFolder.adapter(folder, learning.bank(), model, model.weights().sha256());
    List<Fact> files = new ArrayList<>();
    files.add(new Fact("adapter", "the adapter in the form of PEFT, with tokenizer"));
    try (PeftAdapter read = PeftAdapter.load(folder, model.config());
        AdapterBank bank = read.toBank()) {
      LoraBank linears = new LoraBank(model.weights(), bank, 1);
      Measure measure = measure(linears, plan);
      List<String> answers = asked.of(model.weights(), linears, lab.workers().engine());
      if (recipe.training().merge()) {
        Merge.merge(model.weights(), bank, 0).close();
        TrainedFolder.model(lab.folder().resolve(TrainedFolder.MODEL), model);
        files.add(new Fact("model", "the model with the adapter merged into it"));
      }
      return new Outcome(measure, answers, files);
    }
  }

  private Outcome full(LessonPlan plan, Learning learning, RowAnswers asked) {
    TrainedFolder.model(lab.folder().resolve(TrainedFolder.MODEL), model);
    return new Outcome(
        measure(learning.linears(), plan),
        asked.of(model.weights(), learning.linears(), lab.workers().engine()),
        List.of(new Fact("model", "the trained model as a Hugging Face folder")));
  }

  private List<Fact> facts(LessonPlan plan, Learning learning) {
    long parameters = model.weights().parameterCount();
    long trained = learning.learned().values().stream().mapToLong(a -> a.length()).sum();
    List<Fact> facts = new ArrayList<>();
    facts.add(CommonFacts.model(model.source(), parameters));
    facts.add(
        new Fact(
            "trained",
            String.format(
                Locale.ROOT, "%,d numbers, %.1f %%", trained, 100.0 * trained / parameters)));
    facts.add(new Fact("rows", plan.sentence()));
    plan.notes().forEach(note -> facts.add(new Fact("note", note)));
    facts.add(new Fact("form", encoder.chat().isPresent() ? "by a chat template" : "plain text"));
    return facts;
  }

  private static List<Fact> files(Outcome after) {
    List<Fact> files = new ArrayList<>();
    after.files.forEach(file -> files.add(new Fact(file.name() + "/", file.value())));
    files.add(new Fact("steps.arrows", "loss of every step"));
    files.add(new Fact("measurements.arrows", "loss of the measured rows on the way"));
    files.add(new Fact("answers.arrow", "rows answered before and after"));
    files.add(new Fact("rows.arrow", "which rows were trained on, and which measured"));
    return files;
  }
}
