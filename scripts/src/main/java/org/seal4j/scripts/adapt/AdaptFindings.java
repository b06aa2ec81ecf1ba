package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.check.Amount;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.PassageExample;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.ResultTable;
import org.seal4j.scripts.tuning.Course;

/**
 * What a run found, for the table, the page and {@code summary.json}.
 *
 * @param recipe of the run
 * @param documents that were read
 * @param passages that were learned
 * @param before the examination of the model
 * @param after the examination of the model with the adapter
 * @param verdict on the adapter
 * @param seeds of the bootstrap
 */
record AdaptFindings(
    AdaptKeys recipe,
    DocumentSet documents,
    List<Row> passages,
    Examination.Paper before,
    Examination.Paper after,
    Verdict verdict,
    Seeds seeds) {
  private static final String BEFORE = "model alone";
  private static final String AFTER = "with the adapter";

  /** What was read, for a person. */
  static String documents(DocumentSet documents, int learned) {
    int all = documents.passages().size();
    return "%s, %s, %,d words%s"
        .formatted(
            Amount.of(documents.files().size(), "document"),
            Amount.of(all, "passage"),
            documents.words(),
            learned == all ? "" : "; the first %d are learned".formatted(learned));
  }

  Findings of(Course course, Canary canary, List<Row> answers, boolean kept) {
    Findings findings =
        Findings.of(results(), about())
            .with(
                Sections.curves(
                    List.of(
                        new Curve(
                            "Loss",
                            "step",
                            "loss (nats per taught token)",
                            List.of(Curve.Line.of("training batches", course.losses()))))),
                Sections.passages(examples(answers)))
            .withFacts(facts(course, canary, kept))
            .withFigures(figures());
    return findings.withFiles(
        files(kept, recipe.questions().teacher() != null).toArray(Fact[]::new));
  }

  private String about() {
    return "questions about the documents, asked without them, that are answered right: enough words of"
        + " the expected answer stand in the first 40 words (token recall); intervals are "
        + ResultTable.bootstrapped("passages");
  }

  private Results results() {
    if (verdict.gain().isEmpty()) {
      int n = before.count(Asked.Origin.GENERAL);
      int right = (int) Math.round(n * after.recall(Asked.Origin.GENERAL));
      return new Results(
          "general questions answered right; none about the documents was asked",
          List.of(Condition.of(AFTER, new Proportion(right, n))),
          List.of());
    }
    TaskBootstrap bootstrap = new TaskBootstrap(seeds.child("bootstrap"));
    return new Results(
        "questions about the documents answered right without them",
        List.of(condition(BEFORE, before, bootstrap), condition(AFTER, after, bootstrap)),
        List.of(new Comparison(AFTER, BEFORE, verdict.gain().get(), "passage")));
  }

  private static Condition condition(
      String name, Examination.Paper paper, TaskBootstrap bootstrap) {
    Estimate mean = bootstrap.mean(paper.recalls());
    return new Condition(name, mean.value(), paper.recalls().size(), mean.interval());
  }

  private List<Fact> facts(Course course, Canary canary, boolean kept) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("documents", documents(documents, passages.size())));
    documents.notes().forEach(note -> facts.add(new Fact("note", note)));
    documents.leftOut().forEach(left -> facts.add(new Fact("left out", left.toString())));
    facts.add(new Fact("method", recipe.study().method()));
    facts.add(new Fact("training", course.sentence()));
    for (Asked.Origin origin : Asked.Origin.values()) {
      if (before.count(origin) > 0) {
        facts.add(new Fact(origin.label() + " questions", scores(origin)));
      }
    }
    facts.add(new Fact("gain", verdict.gainText()));
    facts.add(
        new Fact(
            "general text",
            String.format(
                Locale.ROOT,
                "perplexity %.2f before, %.2f after",
                before.perplexity(),
                after.perplexity())));
    facts.add(new Fact("canary", canary.sentence()));
    verdict
        .refusal()
        .ifPresent(
            why ->
                facts.add(
                    new Fact("verdict", why + (kept ? "; written by force" : "; not written"))));
    return facts;
  }

  private String scores(Asked.Origin origin) {
    return String.format(
        Locale.ROOT,
        "token recall %.3f before, %.3f after; F1 %.3f before, %.3f after; n = %d",
        before.recall(origin),
        after.recall(origin),
        before.f1(origin),
        after.f1(origin),
        before.count(origin));
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new TreeMap<>();
    put(figures, "heldOut", Asked.Origin.SELF_MADE);
    put(figures, "own", Asked.Origin.OWN);
    put(figures, "general", Asked.Origin.GENERAL);
    int tokens = (int) before.general().tokens();
    figures.put("perplexityBefore", new Figure(before.perplexity(), "", Optional.empty(), tokens));
    figures.put("perplexityAfter", new Figure(after.perplexity(), "", Optional.empty(), tokens));
    return figures;
  }

  private void put(Map<String, Figure> figures, String name, Asked.Origin origin) {
    int n = before.count(origin);
    if (n == 0) {
      return;
    }
    figures.put(name + "RecallBefore", share(before.recall(origin), n));
    figures.put(name + "RecallAfter", share(after.recall(origin), n));
    figures.put(name + "F1Before", share(before.f1(origin), n));
    figures.put(name + "F1After", share(after.f1(origin), n));
  }

  private static Figure share(double value, int n) {
    return new Figure(value, "", Optional.empty(), n);
  }

  /** Every passage with its questions, before and after. */
  private List<PassageExample> examples(List<Row> answers) {
    List<PassageExample> examples = new ArrayList<>();
    for (Row passage : passages) {
      List<Row> own =
          answers.stream()
              .filter(row -> row.string("passage").equals(passage.string("passage")))
              .toList();
      examples.add(
          new PassageExample(
              passage.string("title") + " (" + passage.string("source") + ")",
              passage.string("text"),
              produced(own)));
    }
    List<Row> rest = answers.stream().filter(row -> row.string("passage").isEmpty()).toList();
    if (!rest.isEmpty()) {
      String about = "Questions of your own file, and general ones that show what was lost.";
      examples.add(new PassageExample("Other questions", about, produced(rest)));
    }
    return examples;
  }

  private static List<PassageExample.Produced> produced(List<Row> answers) {
    return answers.isEmpty()
        ? List.of()
        : List.of(
            new PassageExample.Produced(BEFORE, "", answers(answers, "before", "recall_before")),
            new PassageExample.Produced(AFTER, "", answers(answers, "after", "recall_after")));
  }

  private static List<PassageExample.Answer> answers(List<Row> rows, String given, String right) {
    return rows.stream()
        .map(
            row ->
                new PassageExample.Answer(
                    row.string("question"),
                    row.string("expected"),
                    row.string(given),
                    row.float64(right) > 0))
        .toList();
  }

  private static List<Fact> files(boolean kept, boolean teacher) {
    List<Fact> files = new ArrayList<>();
    if (kept) {
      files.add(new Fact("adapter/", "the adapter in the form of PEFT, and adapter.gguf"));
    }
    files.add(new Fact("answers.arrow", "questions answered before and after"));
    files.add(new Fact("passages.arrow", "the passages that were learned"));
    files.add(new Fact("writing.arrows", "what the model wrote about them"));
    if (teacher) {
      files.add(new Fact(TeacherReplies.FILE, "replies of the model that wrote the questions"));
    }
    files.add(new Fact("steps.arrows", "loss of every step"));
    return files;
  }
}
