package org.seal4j.eval.report;

import java.util.List;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;

/**
 * The result table of a run.
 *
 * @param metric what the figures are, for example {@code "(task, edit) pairs solved within two
 *     attempts"}
 * @param conditions rows in the order of printing, names unique, at least one
 * @param comparisons paired differences of rows; the first one is the headline of the run
 * @param gates what had to be reached beforehand
 */
public record Results(
    String metric, List<Condition> conditions, List<Comparison> comparisons, List<Gate> gates) {
  private static final int HEADLINE = 3;

  /** A table without gates. */
  public Results(String metric, List<Condition> conditions, List<Comparison> comparisons) {
    this(metric, conditions, comparisons, List.of());
  }

  public Results {
    Checks.require(!conditions.isEmpty(), "a result table needs at least one condition");
    List<String> names = conditions.stream().map(Condition::name).toList();
    Checks.require(
        names.stream().distinct().count() == names.size(),
        "conditions of a result table need different names but got %s",
        names);
    for (Comparison comparison : comparisons) {
      Checks.require(
          names.contains(comparison.after()) && names.contains(comparison.before()),
          "comparison %s − %s names a condition that is not in the table %s",
          comparison.after(),
          comparison.before(),
          names);
    }
    conditions = List.copyOf(conditions);
    comparisons = List.copyOf(comparisons);
    gates = List.copyOf(gates);
  }

  /** The same with these gates. */
  public Results withGates(List<Gate> reached) {
    return new Results(metric, conditions, comparisons, reached);
  }

  /** The figures that matter: before, after and their difference, or else the first three rows. */
  public List<String> headline() {
    if (comparisons.isEmpty()) {
      return conditions.stream().limit(HEADLINE).map(Results::figure).toList();
    }
    Comparison first = comparisons.get(0);
    return List.of(
        figure(condition(first.before())), figure(condition(first.after())), first.shortly());
  }

  private static String figure(Condition condition) {
    return condition.name() + " " + Numbers.percent(condition.value());
  }

  /** Comparisons and gates in words. */
  List<String> sentences() {
    return Stream.concat(
            comparisons.stream().map(Comparison::sentence), gates.stream().map(Gate::sentence))
        .toList();
  }

  /** The row of this name. */
  Condition condition(String name) {
    return conditions.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }
}
