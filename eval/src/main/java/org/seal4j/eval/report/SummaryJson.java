package org.seal4j.eval.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RunMark;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;

/**
 * Writes the result table for machines. Shares and differences are fractions, not per cents; keys
 * stand in a fixed order, so that equal results are equal bytes:
 *
 * <pre>{@code
 * {
 *   "title" : "arc-quick",
 *   "metric" : "(task, edit) pairs solved within two attempts",
 *   "conditions" : [ {
 *     "name" : "round 2", "estimate" : 0.4583333333333333, "n" : 96,
 *     "interval" : { "low" : 0.362, "high" : 0.558 }
 *   } ],
 *   "comparisons" : [ {
 *     "after" : "round 2", "before" : "self-edits without RL", "difference" : 0.281,
 *     "standard_error" : 0.054, "tasks" : 48, "interval" : { "low" : 0.177, "high" : 0.385 }
 *   } ]
 * }
 * }</pre>
 *
 * <p>Where a comparison has an interval over kinds of tasks, {@code "kinds"} (how many) and {@code
 * "by_kinds"} follow in it. The last keys are {@code "run"} ({@link RunMark}) and {@code "proof"}
 * ({@link Proof}). Where a run has gates, {@code "gates"} follows: name, value, n, least, passed.
 * Where it has figures, {@code "figures"} follows, by name: value, unit, n and, where known,
 * interval.
 */
public final class SummaryJson {
  private SummaryJson() {}

  /**
   * Writes the table; the file is there as a whole or not at all.
   *
   * @param figures further figures by name; written in the order of the names
   */
  public static void write(String title, Results results, Map<String, Figure> figures, Path file) {
    write(title, results, figures, "", file);
  }

  /**
   * The same for a run.
   *
   * @param run its identity ({@link RunMark}); empty for none
   */
  public static void write(
      String title, Results results, Map<String, Figure> figures, String run, Path file) {
    String json = RunMark.intoJson(json(title, results, figures), run);
    Proof.writeText(file, Proof.intoJson(json));
  }

  /** The table as text with a final line break. */
  static String json(String title, Results results, Map<String, Figure> figures) {
    Map<String, Object> root = object("title", title, "metric", results.metric());
    root.put("conditions", results.conditions().stream().map(SummaryJson::tree).toList());
    root.put("comparisons", results.comparisons().stream().map(SummaryJson::tree).toList());
    if (!results.gates().isEmpty()) {
      root.put("gates", results.gates().stream().map(SummaryJson::tree).toList());
    }
    if (!figures.isEmpty()) {
      Map<String, Object> byName = new TreeMap<>();
      figures.forEach((name, figure) -> byName.put(name, tree(figure)));
      root.put("figures", byName);
    }
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always writable", e);
    }
  }

  private static Map<String, Object> tree(Condition c) {
    return object(
        "name", c.name(), "estimate", c.value(), "n", c.n(), "interval", tree(c.interval()));
  }

  private static Map<String, Object> tree(Gate g) {
    return object(
        "name", g.name(), "value", g.value(), "n", g.n(), "least", g.least(), "passed", g.passed());
  }

  private static Map<String, Object> tree(Comparison comparison) {
    Estimate found = comparison.difference();
    Map<String, Object> tree = object("after", comparison.after(), "before", comparison.before());
    tree.putAll(object("difference", found.value(), "standard_error", found.standardError()));
    tree.putAll(object("tasks", found.tasks(), "interval", tree(found.interval())));
    comparison
        .byKinds()
        .ifPresent(by -> tree.putAll(object("kinds", by.kinds(), "by_kinds", tree(by.interval()))));
    return tree;
  }

  private static Map<String, Object> tree(Figure f) {
    Map<String, Object> tree = object("value", f.value(), "unit", f.unit(), "n", f.n());
    f.interval().ifPresent(interval -> tree.put("interval", tree(interval)));
    return tree;
  }

  private static Map<String, Object> tree(Interval interval) {
    return object("low", interval.low(), "high", interval.high());
  }

  private static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }
}
