package org.seal4j.scripts.pretrain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.check.Amount;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Sections;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Description;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Forecast;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.LossTable;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.rl.keys.PretrainKeys;

/** The kind {@code pretrain}: from a text file to a tokenizer, a model folder and its samples. */
public final class PretrainExperiment implements Experiment<TextKeys> {
  private static final String MODEL = "model";

  @Override
  public String kind() {
    return "pretrain";
  }

  @Override
  public Class<TextKeys> keys() {
    return TextKeys.class;
  }

  @Override
  public void check(TextKeys recipe) {
    recipe.data().requireText();
  }

  @Override
  public void requireMemory(TextKeys recipe) {
    Pretraining.requireMemory(
        recipe.modelConfig(recipe.vocabSize()),
        Trainer.equalShards(recipe.pretrain().training(), recipe.context()),
        recipe.pretrain().steps());
  }

  @Override
  public Forecast forecast(TextKeys recipe) {
    ModelConfig model = recipe.modelConfig(recipe.vocabSize());
    return new Forecast(MemoryNeed.ofWeights(model).bytes(), 1, 0, true);
  }

  @Override
  public Findings run(Lab lab, TextKeys recipe) {
    TextCorpus corpus = lab.stage("tokenizer", () -> TextCorpus.read(recipe));
    lab.inputs(Map.of("text", corpus.hash()));
    String size =
        String.format(
            Locale.ROOT,
            "%,d tokens for training, vocabulary of %d",
            corpus.trainTokens(),
            corpus.tokenizer().vocabSize());
    lab.say(size);
    Pretraining how = pretraining(recipe, corpus, lab.seeds().child("pretraining"));
    try (Pretrained trained = lab.stage("pretraining", () -> lab.pretrained(how))) {
      lab.table("pretraining", LossTable.SCHEMA, LossTable.rows(trained.losses()));
      HeldOutScore score =
          lab.stage(
              "held-out text",
              () -> HeldOutScore.of(trained.weights(), corpus, recipe.context(), lab.workers()));
      Path folder = lab.folder().resolve(MODEL);
      write(folder, recipe, corpus, trained);
      List<Completion> samples = lab.stage("samples", () -> samples(folder, recipe, lab.seeds()));
      ProvenJson.write(lab.folder().resolve("samples.json"), Map.of("samples", samples));
      samples.forEach(sample -> lab.say(System.lineSeparator() + sample.prompt() + sample.text()));
      lab.say("model: " + folder);
      String heldOut =
          String.format(
              Locale.ROOT,
              "%.4f nats per token, %.3f bits per byte",
              score.meanNll(),
              score.bitsPerByte());
      List<Fact> facts =
          new ArrayList<>(CommonFacts.model(trained.weights().parameterCount(), trained));
      facts.add(new Fact("text", size));
      facts.add(new Fact("held-out text", heldOut));
      samples.forEach(s -> facts.add(new Fact("sample", s.prompt() + s.text())));
      return Findings.of(
              score.results(),
              "shares are sizes after compression by the model; lower is better; held-out text: "
                  + heldOut)
          .withoutWarning()
          .with(
              Sections.curves(
                  List.of(
                      new Curve(
                          "Pretraining",
                          "step",
                          "loss (nats per token)",
                          List.of(Curve.Line.of("loss", trained.losses()))))))
          .withFacts(facts)
          .withFiles(
              new Fact("model/", "the model and its tokenizer as a Hugging Face folder"),
              new Fact("samples.json", "texts that the model wrote"),
              new Fact("pretraining.arrow", "loss of every step"));
    }
  }

  private static Pretraining pretraining(TextKeys recipe, TextCorpus corpus, Seeds seeds) {
    TrainConfig training = recipe.pretrain().training();
    return new Pretraining(
        recipe.modelConfig(corpus.tokenizer().vocabSize()),
        training,
        Trainer.equalShards(training, recipe.context()),
        recipe.pretrain().embeddingStd(),
        recipe.pretrain().residualScale(),
        corpus.batches(training.batch(), recipe.context(), seeds.child("data")),
        seeds.child("init"),
        List.of("text " + corpus.hash(), recipe.data().cacheKey()),
        recipe.pretrain().checkpointEvery());
  }

  /** A run that was stopped while it wrote the folder writes it anew. */
  private static void write(Path folder, TextKeys recipe, TextCorpus corpus, Pretrained trained) {
    try {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> old = Files.list(folder)) {
          for (Path file : old.toList()) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Integer> ends = List.of(corpus.tokenizer().eos().orElseThrow());
    ModelFolder.save(trained.weights(), recipe.context(), ends, folder);
    corpus.bpe().write(folder);
  }

  /** From the folder just written, as anybody else would read it. */
  private static List<Completion> samples(Path folder, TextKeys recipe, Seeds seeds) {
    List<Completion> samples = new ArrayList<>();
    Sampling sampling = Sampling.at(recipe.samples().temperature());
    try (TextModel model = TextModel.open(folder, null, null)) {
      for (int i = 0; i < recipe.samples().prompts().size(); i++) {
        Completion.Request request =
            new Completion.Request(
                sampling, recipe.samples().tokens(), List.of(), seeds.child("sample", i).value());
        samples.add(Completion.of(model, recipe.samples().prompts().get(i), request, piece -> {}));
      }
    }
    return samples;
  }

  @Override
  public void describe(TextKeys recipe, Description to) {
    PretrainKeys how = recipe.pretrain();
    BatchShape shape = new BatchShape(how.size() / how.shards(), recipe.context());
    try (Weights weights =
        Weights.random(recipe.modelConfig(recipe.vocabSize()), 1, 1, Seeds.of(0))) {
      to.model(weights);
      to.trainingStep(
          "Training step: one of %s of %s"
              .formatted(Amount.of(how.shards(), "shard"), Amount.of(shape.batch(), "window")),
          weights,
          shape);
    }
  }
}
