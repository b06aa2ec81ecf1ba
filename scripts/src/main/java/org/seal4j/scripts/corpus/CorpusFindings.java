package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Comparison;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.rl.experiment.CommonFacts;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.ResultTable;

/** The table of a run, and what stands beside it. */
record CorpusFindings(
    Lab lab,
    CorpusKeys recipe,
    CorpusPlan plan,
    List<CorpusRow> rows,
    List<Forgetting> forgetting,
    CorpusMethods.Adapters adapters,
    long parameters) {
  private static final String METRIC = "questions answered about a corpus";
  private static final String TABLE =
      "mean share of a passage's questions answered, one passage of each title; in context and"
          + " retrieval have passages in front of the question, all others answer without; intervals"
          + " are "
          + ResultTable.bootstrapped("titles");

  private static final List<Fact> FILES =
      List.of(
          new Fact("methods.arrow", "every measure of each method and size"),
          new Fact("answers.arrow", "every answer that the table counts"),
          new Fact("asked.arrows", "everything the model was asked, once each"),
          new Fact("writing.arrows", "what the model wrote about each passage"),
          new Fact("trained.arrows", "the adapter of each passage and its training"),
          new Fact("together.arrows", "adapters for all passages and their training"),
          new Fact("bundle/", "the adapters of the largest corpus, to be asked with seal ask"),
          new Fact("together/", "adapters for all passages in the form of PEFT"));

  Findings of() {
    lab.table("methods", CorpusRow.SCHEMA, rows.stream().map(CorpusRow::row).toList());
    lab.table(
        "answers",
        CorpusRow.ANSWERS,
        rows.stream().flatMap(row -> row.answers().stream()).toList());
    ForgettingFindings sequences =
        new ForgettingFindings(intervals(), recipe.sequence().passages(), forgetting);
    if (!forgetting.isEmpty()) {
      lab.table(
          "forgetting",
          Forgetting.SCHEMA,
          forgetting.stream().flatMap(one -> one.rows().stream()).toList());
    }
    List<Condition> conditions = new ArrayList<>(conditions());
    conditions.addAll(sequences.conditions());
    List<Comparison> comparisons = new ArrayList<>(comparisons());
    comparisons.addAll(sequences.comparisons());
    return Findings.of(new Results(METRIC, conditions, comparisons), TABLE)
        .with(sequences.sections())
        .with(
            Section.of("Methods in more measures", html -> CorpusMeasures.answers(rows, html)),
            Section.of(
                "Questions about nothing known, and cost",
                html -> CorpusMeasures.beside(rows, html)),
            Sections.curves(curves()))
        .withFacts(facts())
        .withFacts(sequences.facts())
        .withFiles(Stream.concat(FILES.stream(), sequences.files().stream()).toArray(Fact[]::new));
  }

  private List<Condition> conditions() {
    return rows.stream().map(row -> intervals().condition(row.label(), row.recall())).toList();
  }

  private TitleIntervals intervals() {
    return new TitleIntervals(lab.seeds());
  }

  /** What is gained or lost by each way to keep adapters, from the largest corpus down. */
  private List<Comparison> comparisons() {
    List<Comparison> all = new ArrayList<>();
    List<Integer> sizes = recipe.corpus().sizes();
    for (int i = sizes.size() - 1; i >= 0; i--) {
      int size = sizes.get(i);
      List<CorpusRow> here = rows.stream().filter(row -> row.size() == size).toList();
      List<CorpusRow> routed = of(here, Method.Routed.class);
      List<CorpusRow> own = of(here, Method.Own.class);
      own.forEach(other -> routed.forEach(row -> all.add(comparison(row, other))));
      if (!routed.isEmpty()) {
        CorpusRow first = routed.get(0);
        for (Class<? extends Method> kind :
            List.of(
                Method.OneForAll.class,
                Method.Merged.class,
                SequenceMethod.class,
                Method.Retrieval.class)) {
          of(here, kind).forEach(row -> all.add(comparison(row, first)));
        }
      }
    }
    return all;
  }

  private static List<CorpusRow> of(List<CorpusRow> rows, Class<? extends Method> kind) {
    return rows.stream().filter(row -> kind.isInstance(row.method())).toList();
  }

  private Comparison comparison(CorpusRow after, CorpusRow before) {
    return intervals().comparison(after.label(), after.recall(), before.label(), before.recall());
  }

  /** Recall over the size of the corpus, a picture for each family of methods. */
  private List<Curve> curves() {
    List<Curve> curves = new ArrayList<>();
    curve("adapters apart", List.of(Method.Routed.class)).ifPresent(curves::add);
    curve("one adapter for all", List.of(Method.OneForAll.class, Method.Merged.class))
        .ifPresent(curves::add);
    curve("one after the other", List.of(SequenceMethod.class)).ifPresent(curves::add);
    curve("passages in the prompt", List.of(Method.Retrieval.class)).ifPresent(curves::add);
    return curves;
  }

  /**
   * What these methods give, beside what there is to reach and the first method that routes.
   *
   * @param family empty where the run has none of it
   */
  private Optional<Curve> curve(String family, List<Class<? extends Method>> of) {
    String routed =
        recipe.compared(Method.Routed.class).stream().map(Method::name).findFirst().orElse("");
    Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
    boolean any = false;
    for (CorpusRow row : rows) {
      Method method = row.method();
      boolean member = of.stream().anyMatch(kind -> kind.isInstance(method));
      any |= member;
      if (member
          || method instanceof Method.Base
          || method instanceof Method.InContext
          || method instanceof Method.Own
          || method.name().equals(routed)) {
        double recall =
            row.recall().stream().mapToDouble(Outcome::value).average().orElse(Double.NaN);
        points
            .computeIfAbsent(method.name(), name -> new ArrayList<>())
            .add(new Curve.Point(row.size(), 100 * recall));
      }
    }
    List<Curve.Line> lines = new ArrayList<>();
    points.forEach((name, some) -> lines.add(new Curve.Line(name, some)));
    return any
        ? Optional.of(
            new Curve(
                "Recall over the size of the corpus: " + family,
                "passages",
                "% of questions answered",
                lines))
        : Optional.empty();
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(CommonFacts.model(recipe.model().named(), parameters));
    facts.add(new Fact("grader", recipe.answer().grader().label()));
    facts.add(CommonFacts.heldOut("passages", plan.passages().size(), recipe.corpus().pool()));
    facts.add(new Fact("corpus", plan.note()));
    List<Row> trained = adapters.trained();
    long silent =
        trained.stream()
            .filter(r -> r.int32("asked") > 0 && r.string("questions").isEmpty())
            .count();
    facts.add(
        new Fact(
            "adapters",
            String.format(
                Locale.ROOT,
                "%d, %d steps and %,.0f tokens each; %d passages without a question of use",
                trained.size(),
                recipe.study().steps(),
                trained.stream().mapToLong(row -> row.int64("tokens")).average().orElse(0),
                silent)));
    return facts;
  }
}
