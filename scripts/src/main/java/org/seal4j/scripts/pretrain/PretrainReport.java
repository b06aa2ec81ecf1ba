package org.seal4j.scripts.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.lora.text.Completion;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** The page of a pretraining run. */
final class PretrainReport {
  private static final List<Fact> FILES =
      List.of(
          new Fact("model/", "the model and its tokenizer as a Hugging Face folder"),
          new Fact("samples.json", "texts that the model wrote"),
          new Fact("manifest.json", "how the run was made: configuration, seeds, hashes, machine"),
          new Fact("effective.yaml", "the configuration as a recipe that does the same again"),
          new Fact("summary.json", "the table for machines"),
          new Fact("pretraining.arrow", "loss of every step"),
          new Fact("SHA256SUMS", "content hashes of the tables"),
          new Fact("timings.json", "seconds by stage"));

  private final RunContext context;
  private final TextPretrainConfig config;

  /** What a run found. */
  record Found(
      TextCorpus corpus,
      Pretrained trained,
      HeldOutScore score,
      List<Completion> samples,
      Timings timings) {}

  PretrainReport(RunContext context, TextPretrainConfig config) {
    this.context = context;
    this.config = config;
  }

  void write(Found found) {
    Curve loss =
        new Curve(
            "Pretraining",
            "step",
            "loss (nats per token)",
            List.of(Line.of("loss", found.trained().losses())));
    List<Section> sections =
        List.of(
            Sections.curves(List.of(loss)),
            Sections.run(facts(found)),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(
            context.recipe().recipe(), context.recipe().about(), found.score().results(), sections);
    ReportWriter.write(report, context.folder().report());
  }

  private List<Fact> facts(Found found) {
    List<Fact> facts = new ArrayList<>(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(found.trained().weights().parameterCount(), found.trained()));
    facts.add(
        new Fact(
            "text",
            String.format(
                Locale.ROOT,
                "%,d tokens for training, vocabulary of %d",
                found.corpus().trainTokens(),
                found.corpus().tokenizer().vocabSize())));
    facts.add(
        new Fact(
            "held-out text",
            String.format(
                Locale.ROOT,
                "%.4f nats per token, %.3f bits per byte",
                found.score().meanNll(),
                found.score().bitsPerByte())));
    for (Completion sample : found.samples()) {
      facts.add(new Fact("sample", sample.prompt() + sample.text()));
    }
    facts.addAll(ReportFacts.cost(found.timings()));
    return facts;
  }
}
