package org.seal4j.eval.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.seal4j.data.file.AtomicFile;
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
 * <p>Where a run has gates, {@code "gates"} follows: name, value, n, least, passed.
 */
public final class SummaryJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SummaryJson() {}

  /** Writes the table; the file is there as a whole or not at all. */
  public static void write(String title, Results results, Path file) {
    AtomicFile.writeText(file, json(title, results));
  }

  /** The table as text with a final line break. */
  static String json(String title, Results results) {
    ObjectNode root = NODES.objectNode();
    root.put("title", title).put("metric", results.metric());
    ArrayNode conditions = root.putArray("conditions");
    results.conditions().forEach(condition -> conditions.add(node(condition)));
    ArrayNode comparisons = root.putArray("comparisons");
    results.comparisons().forEach(comparison -> comparisons.add(node(comparison)));
    if (!results.gates().isEmpty()) {
      ArrayNode gates = root.putArray("gates");
      results.gates().forEach(gate -> gates.add(node(gate)));
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

  private static ObjectNode node(Condition condition) {
    ObjectNode node = NODES.objectNode().put("name", condition.name());
    node.put("estimate", condition.value()).put("n", condition.n());
    return node.set("interval", node(condition.interval()));
  }

  private static ObjectNode node(Gate gate) {
    ObjectNode node = NODES.objectNode().put("name", gate.name()).put("value", gate.value());
    return node.put("n", gate.n()).put("least", gate.least()).put("passed", gate.passed());
  }

  private static ObjectNode node(Comparison comparison) {
    ObjectNode node = NODES.objectNode();
    node.put("after", comparison.after()).put("before", comparison.before());
    node.put("difference", comparison.difference().value());
    node.put("standard_error", comparison.difference().standardError());
    node.put("tasks", comparison.difference().tasks());
    return node.set("interval", node(comparison.difference().interval()));
  }

  private static ObjectNode node(Interval interval) {
    return NODES.objectNode().put("low", interval.low()).put("high", interval.high());
  }
}
