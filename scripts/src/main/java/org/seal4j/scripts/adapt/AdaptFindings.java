package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.Proportion;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.ResultTable;

/**
 * What a run found, for the table, the page and {@code summary.json}.
 *
 * @param recipe of the run
 * @param documents that were read
 * @param passages that were learned
 * @param before the examination of the model
 * @param inContext its answers with the passage in front
 * @param after the examination of the model with the adapter
 * @param verdict on the adapter
 * @param seeds of the bootstrap
 */
record AdaptFindings(
    AdaptKeys recipe,
    DocumentSet documents,
    List<Row> passages,
    Examination.Paper before,
    InContext inContext,
    Examination.Paper after,
    Verdict verdict,
    Seeds seeds) {
  static final String BEFORE = "model alone";
  static final String AFTER = "with the adapter";
  static final String IN_CONTEXT = "with the passage in front";
  private static final String GROUP = "group";

  /** What was read, for a person. */
  static String documents(DocumentSet documents, int learned) {
    int all = documents.passages().size();
    return "%s, %s, %,d words%s"
        .formatted(
            Amount.of(documents.files().size(), "document"),
            Amount.of(all, "passage"),
            documents.words(),
            learned == all ? "" : "; learned: the first %d".formatted(learned));
  }

  /**
   * How the adapter was trained, or the adapters.
   *
   * @param training in words
   * @param losses of the steps
   * @param canary in words
   * @param more facts that only some runs have
   * @param made what is left of it in the run's folder
   */
  record Studied(String training, List<Double> losses, String canary, List<Fact> more, Fact made) {
    Studied {
      losses = List.copyOf(losses);
      more = List.copyOf(more);
    }
  }

  Findings of(Studied studied, List<Row> answers, boolean kept) {
    Findings findings =
        Findings.of(results(), about())
            .with(
                Sections.curves(
                    List.of(
                        new Curve(
                            "Loss",
                            "step",
                            "loss (nats per taught token)",
                            List.of(Curve.Line.of("training batches", studied.losses()))))),
                Sections.passages(PassageSheets.of(passages, answers)))
            .withFacts(facts(studied, kept))
            .withFigures(new AdaptFigures(recipe, documents, before, inContext, after).all());
    return findings.withFiles(files(studied, kept).toArray(Fact[]::new));
  }

  private String about() {
    String which =
        verdict.gain().isEmpty()
            ? "general questions, since none about the documents was asked"
            : "questions about the documents, asked without them";
    return which
        + ", that are answered right: enough"
        + " words of the expected answer stand in the first 40 words (token recall);"
        + " intervals are "
        + ResultTable.bootstrapped(unit() + "s")
        + (unit().equals(GROUP)
            ? "; the questions of a passage are a group, and each question without one is another"
            : "");
  }

  /** What the bootstrap counts: questions of a passage stand and fall together. */
  private String unit() {
    boolean some = before.questions().stream().anyMatch(q -> isAsked(q) && !q.passage().isEmpty());
    boolean none = before.questions().stream().anyMatch(q -> isAsked(q) && q.passage().isEmpty());
    return some && none ? GROUP : some ? "passage" : "question";
  }

  private static boolean isAsked(Asked question) {
    return Examination.Paper.isAboutDocuments(question);
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
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(BEFORE, before.recalls(), bootstrap));
    conditions.add(condition(AFTER, after.recalls(), bootstrap));
    if (inContext.count() > 0) {
      conditions.add(condition(IN_CONTEXT, inContext.recalls(), bootstrap));
    }
    return new Results(
        "questions about the documents answered right without them",
        conditions,
        List.of(new Comparison(AFTER, BEFORE, verdict.gain().get(), unit())));
  }

  private static Condition condition(String name, List<Outcome> recalls, TaskBootstrap bootstrap) {
    Estimate mean = bootstrap.mean(recalls);
    return new Condition(name, mean.value(), recalls.size(), mean.interval());
  }

  private List<Fact> facts(Studied studied, boolean kept) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("documents", documents(documents, passages.size())));
    documents.notes().forEach(note -> facts.add(new Fact("note", note)));
    documents.leftOut().forEach(left -> facts.add(new Fact("left out", left.toString())));
    BudgetKeys wanted = recipe.budget();
    if (wanted != null) {
      facts.add(new Fact("budget", kept(wanted)));
      dropped().lines().forEach(line -> facts.add(new Fact("dropped by the budget", line)));
    }
    facts.add(new Fact("method", recipe.study().method()));
    facts.add(new Fact("training", studied.training()));
    facts.addAll(studied.more());
    for (Asked.Origin origin : Asked.Origin.values()) {
      if (before.count(origin) > 0) {
        facts.add(new Fact(origin.label() + " questions", scores(origin)));
      }
    }
    facts.add(new Fact(IN_CONTEXT, read()));
    facts.add(new Fact("gain", verdict.gainText()));
    facts.add(
        new Fact(
            "general text",
            String.format(
                Locale.ROOT,
                "perplexity %.2f before, %.2f after%s",
                before.perplexity(),
                after.perplexity(),
                verdict.routedText())));
    facts.add(new Fact("canary", studied.canary()));
    verdict
        .refusal()
        .ifPresent(
            why ->
                facts.add(
                    new Fact("verdict", why + (kept ? "; written by force" : "; not written"))));
    return facts;
  }

  private Dropped dropped() {
    return new Dropped(recipe, documents);
  }

  private String kept(BudgetKeys wanted) {
    return Budget.Plan.sentence(
        wanted, passages.size(), recipe.study().readings(), recipe.questions().count());
  }

  private String read() {
    return inContext.count() == 0
        ? "–, no question of yours belongs to a passage"
        : String.format(
            Locale.ROOT,
            "token recall %.3f, F1 %.3f before the training; n = %d questions of yours that belong"
                + " to a passage",
            inContext.recall(),
            inContext.f1(),
            inContext.count());
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

  private List<Fact> files(Studied studied, boolean kept) {
    List<Fact> files = new ArrayList<>();
    if (kept) {
      files.add(studied.made());
    }
    files.add(new Fact("answers.arrow", "questions answered before and after"));
    files.add(new Fact("passages.arrow", "the passages that were learned"));
    files.add(new Fact("writing.arrows", "what the model wrote about them"));
    if (!dropped().passages().isEmpty()) {
      files.add(new Fact(Dropped.NAME + ".arrow", "the passages that were dropped for the budget"));
    }
    if (recipe.questions().teacher() != null) {
      files.add(new Fact(TeacherReplies.FILE, "replies of the model that wrote the questions"));
    }
    files.add(new Fact("steps.arrows", "loss of every step"));
    return files;
  }
}
