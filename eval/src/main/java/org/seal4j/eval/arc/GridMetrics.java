package org.seal4j.eval.arc;

import java.util.List;
import java.util.function.Predicate;
import org.seal4j.eval.stats.Proportion;

/**
 * Counts over graded (task, edit) pairs. The success rate of SEAL's few-shot table is {@link
 * #pass2}: the share of pairs whose adapted model solves the task within two attempts.
 *
 * <p>Differs from SEAL: a source task with several test grids is several tasks here, see {@link
 * org.seal4j.data.arc.ArcTask}; the reference asks for all of them at once.
 *
 * @param exact right without augmented prompts and voting
 * @param pass1 right at the first voted attempt
 * @param pass2 right within two voted attempts
 */
public record GridMetrics(Proportion exact, Proportion pass1, Proportion pass2) {

  /** Counts; at least one grade. */
  public static GridMetrics of(List<GridGrade> grades) {
    return new GridMetrics(
        share(grades, GridGrade::exact),
        share(grades, GridGrade::pass1),
        share(grades, GridGrade::pass2));
  }

  private static Proportion share(List<GridGrade> grades, Predicate<GridGrade> right) {
    return new Proportion((int) grades.stream().filter(right).count(), grades.size());
  }
}
