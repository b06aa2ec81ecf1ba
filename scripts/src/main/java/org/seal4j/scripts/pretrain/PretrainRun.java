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
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.experiment.LossTable;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Pretrainer;
import org.seal4j.scripts.experiment.Pretraining;
import org.seal4j.scripts.experiment.RunEnd;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** From a text file to a model folder, its samples and a report. */
final class PretrainRun {
  static final String MODEL = "model";

  private final RunContext context;
  private final TextPretrainConfig config;
  private final Timings timings = new Timings();

  PretrainRun(RunContext context, TextPretrainConfig config) {
    this.context = context;
    this.config = config;
  }

  void run() {
    TextCorpus corpus = timings.stage("tokenizer", () -> TextCorpus.read(config));
    context.recordManifest(config, Map.of("text", corpus.hash()));
    context.say(
        String.format(
            Locale.ROOT,
            "%,d tokens for training, vocabulary of %d",
            corpus.trainTokens(),
            corpus.tokenizer().vocabSize()));
    try (Workers workers = new Workers(context.workers());
        Pretrained trained = timings.stage("pretraining", () -> trained(corpus, workers))) {
      LossTable.write(context.folder().table("pretraining"), trained.losses());
      HeldOutScore score =
          timings.stage(
              "held-out text",
              () -> HeldOutScore.of(trained.weights(), corpus, config.context(), workers));
      write(corpus, trained);
      List<Completion> samples = timings.stage("samples", this::samples);
      Json.write(context.folder().root().resolve("samples.json"), samples);
      RunEnd.write(context, score.results(), timings);
      new PretrainReport(context, config)
          .write(new PretrainReport.Found(corpus, trained, score, samples, timings));
      print(score, samples);
    }
  }

  private Pretrained trained(TextCorpus corpus, Workers workers) {
    Seeds seeds = context.seeds().child("pretraining");
    TrainConfig training = config.pretrain().training();
    Pretraining how =
        new Pretraining(
            config.modelConfig(corpus.tokenizer().vocabSize()),
            training,
            Trainer.equalShards(training, config.context()),
            config.pretrain().embeddingStd(),
            config.pretrain().residualScale(),
            corpus.batches(training.batch(), config.context(), seeds.child("data")),
            seeds.child("init"),
            List.of("text " + corpus.hash(), config.data().cacheKey()),
            config.pretrain().checkpointEvery());
    return new Pretrainer(context, how).obtain(workers);
  }

  /** A run that was stopped while it wrote the folder writes it anew. */
  private void write(TextCorpus corpus, Pretrained trained) {
    Path folder = context.folder().root().resolve(MODEL);
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
    ModelFolder.save(trained.weights(), config.context(), ends, folder);
    corpus.bpe().write(folder);
  }

  /** From the folder just written, as anybody else would read it. */
  private List<Completion> samples() {
    List<Completion> samples = new ArrayList<>();
    Sampling sampling = Sampling.at(config.samples().temperature());
    try (TextModel model = TextModel.open(context.folder().root().resolve(MODEL), null, null)) {
      for (int i = 0; i < config.samples().prompts().size(); i++) {
        Completion.Request request =
            new Completion.Request(
                sampling,
                config.samples().tokens(),
                List.of(),
                context.seeds().child("sample", i).value());
        samples.add(Completion.of(model, config.samples().prompts().get(i), request, piece -> {}));
      }
    }
    return samples;
  }

  private void print(HeldOutScore score, List<Completion> samples) {
    for (Completion sample : samples) {
      context.say("");
      context.say(sample.prompt() + sample.text());
    }
    context.say("");
    ConsoleTable.lines(score.results()).forEach(context.out()::println);
    context
        .out()
        .printf(
            Locale.ROOT,
            "held-out text: %.4f nats per token, %.3f bits per byte%n",
            score.meanNll(),
            score.bitsPerByte());
    context.say("model: " + context.folder().root().resolve(MODEL));
    context.say("report: " + context.folder().report());
  }
}
