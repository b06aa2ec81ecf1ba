package org.seal4j.scripts.cpt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.ReportFacts;
import org.seal4j.scripts.experiment.Timings;
import org.seal4j.scripts.run.RunContext;

/** The page of a run. */
final class CptReport {
  static final String TABLE =
      "mean share of a passage's questions answered without it by one model that was trained on all"
          + " passages; base tells what the model already answers, residents what it knew before;"
          + " intervals are bootstrapped over passages, those of residents are Wilson's";

  private static final double RIGHT = 0.5;
  private static final int EXAMPLES = 2;

  private static final List<Fact> FILES =
      ReportFacts.files(
          new Fact("texts.arrow", "every training text"),
          new Fact("fits.arrows", "every trained model: losses and answers"),
          new Fact("pretraining.arrow", "loss of pretraining"));

  private final RunContext context;
  private final CptConfig config;
  private final List<Passage> passages;
  private final List<Fit> fits;

  CptReport(RunContext context, CptConfig config, List<Passage> passages, List<Fit> fits) {
    this.context = context;
    this.config = config;
    this.passages = passages;
    this.fits = fits;
  }

  void write(Results results, Pretrained pretrained, Timings timings) {
    List<Section> sections =
        List.of(
            Sections.curves(List.of(losses())),
            Sections.passages(passages.stream().limit(EXAMPLES).map(this::example).toList()),
            Sections.run(facts(pretrained, timings)),
            Sections.settings(ReportFacts.settings(context, config)),
            Sections.files(FILES));
    Report report =
        new Report(context.recipe().recipe(), context.recipe().about(), results, sections);
    ReportWriter.write(report, context.folder().report());
  }

  private List<Fact> facts(Pretrained pretrained, Timings timings) {
    List<Fact> facts = new ArrayList<>();
    facts.addAll(ReportFacts.run(context));
    facts.addAll(ReportFacts.model(pretrained.weights().parameterCount(), pretrained));
    facts.add(new Fact("grader", config.grader().label()));
    facts.add(
        new Fact(
            "held-out passages",
            "%d at once, pool %s"
                .formatted(passages.size(), config.data().pool().name().toLowerCase(Locale.ROOT))));
    facts.add(new Fact("table", TABLE));
    fits.forEach(fit -> facts.add(new Fact("model", sentence(fit))));
    facts.addAll(ReportFacts.cost(timings));
    return facts;
  }

  /** For a person. */
  static String sentence(Fit fit) {
    List<Double> losses = fit.losses();
    return losses.isEmpty()
        ? fit.label()
        : String.format(
            Locale.ROOT,
            "%s: %d texts, %d steps, loss %.2f to %.2f",
            fit.label(),
            fit.texts(),
            losses.size(),
            losses.get(0),
            losses.get(losses.size() - 1));
  }

  private Curve losses() {
    List<Curve.Line> lines = new ArrayList<>();
    for (Fit fit : fits) {
      if (!fit.losses().isEmpty()) {
        lines.add(Curve.Line.of(fit.label(), fit.losses()));
      }
    }
    return new Curve("Continued pretraining", "step", "loss (nats per token)", lines);
  }

  private PassageExample example(Passage passage) {
    int at = passages.indexOf(passage);
    List<PassageExample.Produced> produced = new ArrayList<>();
    for (Fit fit : fits) {
      List<PassageExample.Answer> answers = new ArrayList<>();
      for (int q = 0; q < passage.questions().size(); q++) {
        Question question = passage.questions().get(q);
        String given = fit.answered().get(at).answers().get(q);
        boolean right = config.grader().grade(question, given) >= RIGHT;
        answers.add(new PassageExample.Answer(question.text(), question.gold(), given, right));
      }
      produced.add(new PassageExample.Produced(fit.label(), "", answers));
    }
    return new PassageExample(passage.id(), passage.context(), produced);
  }
}
