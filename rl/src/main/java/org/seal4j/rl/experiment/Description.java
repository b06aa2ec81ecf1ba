package org.seal4j.rl.experiment;

import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.text.ModelSummary;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.GraphDot;
import org.seal4j.model.graph.GraphListing;
import org.seal4j.model.graph.GraphText;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * What a recipe builds: lines about models, and training graphs, each node with its shape, each
 * parameter with whether it is trained.
 */
public final class Description {
  private static final int INDENT = 2;

  private final StringBuilder text = new StringBuilder();
  private final List<String> said = new ArrayList<>();
  private final Map<String, GraphListing> listings = new LinkedHashMap<>();
  private final boolean dot;
  private final int columns;
  private int graphs;

  /**
   * @param dot whether graphs are drawn in the DOT language of Graphviz, and all lines left out
   * @param columns most characters of a line that is said; the nodes of a graph keep theirs
   */
  public Description(boolean dot, int columns) {
    this.dot = dot;
    this.columns = columns;
  }

  /** Adds lines. */
  @FormatMethod
  public void say(String format, Object... values) {
    say(INDENT, format.formatted(values));
  }

  private void say(int indent, String lines) {
    said.addAll(lines.lines().toList());
    lines
        .lines()
        .flatMap(line -> WrappedText.lines(line, columns, indent).stream())
        .forEach(this::line);
  }

  /** Adds facts, a line each: names, then values below each other. */
  public void columns(Map<String, String> facts) {
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(1);
    facts.forEach(
        (name, fact) -> say(width + 2, name + " ".repeat(width - name.length()) + "  " + fact));
  }

  /** Says sizes and the number of parameters of a model. */
  public void model(Weights weights) {
    columns(ModelSummary.sizes(weights.config()));
    say("%,d parameters", weights.parameterCount());
  }

  /** Adds a graph under a heading. */
  public void graph(String heading, Graph graph) {
    line("%n%s%n".formatted(heading));
    listings.put(heading, GraphListing.of(graph));
    text.append(
        dot ? GraphDot.subgraph("g" + graphs++, heading, graph) : GraphText.describe(graph));
  }

  /** Adds the training step of all weights on a batch of this shape. */
  public void trainingStep(String heading, Weights weights, BatchShape shape) {
    try (Worker worker = new Worker();
        LmStep step = LmStep.of(weights, name -> true, shape, worker)) {
      graph(heading, step.graph());
    }
  }

  /**
   * Adds the training step of an inner loop's adapters.
   *
   * @param longest longest input in tokens, before padding
   */
  public void innerLoopStep(String heading, Weights weights, InnerLoopConfig how, int longest) {
    int multiple = how.timeMultiple();
    int time = (longest + multiple - 1) / multiple * multiple;
    int n = how.adaptersPerGroup();
    BatchShape shape = new BatchShape(how.piece(), time);
    try (AdapterBank bank = new AdapterBank(n, weights.config(), how.lora())) {
      graph(heading, LoraGraph.of(weights, bank, n, shape).graph());
    }
  }

  /** What was said in lines, without the graphs. */
  public List<String> said() {
    return Collections.unmodifiableList(said);
  }

  /** The graphs as plain values, by their headings. */
  public Map<String, GraphListing> graphs() {
    return Collections.unmodifiableMap(listings);
  }

  private void line(String lines) {
    if (!dot) {
      text.append(lines).append(System.lineSeparator());
    }
  }

  @Override
  public String toString() {
    return dot ? "digraph seal {\n" + text + "}\n" : text.toString();
  }
}
