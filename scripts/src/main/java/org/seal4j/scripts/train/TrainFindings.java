package org.seal4j.scripts.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.scripts.tuning.Course;
import org.seal4j.scripts.tuning.Measure;

/**
 * What a run found, for the table, the page and {@code summary.json}.
 *
 * @param label what the measured rows are called
 * @param course of the training
 * @param before the measure of the model as it was
 * @param after that of the model as it is kept, read from the files that were written
 * @param seeds of the bootstrap
 */
record TrainFindings(String label, Course course, Measure before, Measure after, Seeds seeds) {
  private static final String BEFORE = "before the training";
  private static final String AFTER = "after the training";

  Findings of(List<Fact> facts, List<Row> answers, List<Fact> files) {
    List<Fact> all = new ArrayList<>();
    all.add(new Fact("loss", lossSentence()));
    all.add(new Fact("training", course.sentence()));
    all.addAll(facts);
    return Findings.of(results(), about())
        .with(
            Sections.curves(List.of(losses())),
            RowAnswers.section("Rows that were measured, answered before and after", answers))
        .withFacts(all)
        .withFiles(files.toArray(Fact[]::new))
        .withFigures(figures());
  }

  private String about() {
    return "mean share of the tokens of a row's answer that the model holds for the most likely, the"
        + " right ones before each given; "
        + lossSentence()
        + "; intervals are "
        + ResultTable.bootstrapped("rows");
  }

  /** For a person. */
  String lossSentence() {
    return String.format(
        Locale.ROOT,
        "loss of the %s rows %.4f before, %.4f after (nats per token, perplexity %.2f to %.2f)",
        label,
        before.loss(),
        after.loss(),
        Math.exp(before.loss()),
        Math.exp(after.loss()));
  }

  private Results results() {
    TaskBootstrap bootstrap = new TaskBootstrap(seeds.child("bootstrap"));
    Estimate difference = bootstrap.difference(after.outcomes(), before.outcomes());
    return new Results(
        "tokens of the answers of " + label + " rows predicted right",
        List.of(condition(BEFORE, before, bootstrap), condition(AFTER, after, bootstrap)),
        List.of(new Comparison(AFTER, BEFORE, difference, "row")));
  }

  private static Condition condition(String name, Measure measure, TaskBootstrap bootstrap) {
    Estimate mean = bootstrap.mean(measure.outcomes());
    return new Condition(name, mean.value(), measure.scores().size(), mean.interval());
  }

  private Curve losses() {
    List<Curve.Line> lines = new ArrayList<>();
    lines.add(Curve.Line.of("training batches", course.losses()));
    List<Curve.Point> points = new ArrayList<>();
    course.points().forEach(point -> points.add(new Curve.Point(point.step(), point.loss())));
    if (points.size() > 1) {
      lines.add(new Curve.Line(label + " rows", points));
    }
    return new Curve("Loss", "step", "loss (nats per taught token)", lines);
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new TreeMap<>();
    figures.put("lossBefore", nats(before));
    figures.put("lossAfter", nats(after));
    figures.put(
        "keptStep", new Figure(course.kept(), "steps", Optional.empty(), course.losses().size()));
    return figures;
  }

  private static Figure nats(Measure measure) {
    return new Figure(measure.loss(), "nats per token", Optional.empty(), (int) measure.tokens());
  }
}
