package org.seal4j.rl.restem;

import java.util.List;
import org.seal4j.rl.Extensions;
import org.seal4j.rl.Selection;

/**
 * A {@link Selection} that recipes can name in {@code loop.selection}. Found by {@link
 * java.util.ServiceLoader}, so that a jar on the class path adds rules.
 */
public interface SelectionRule {
  /** What recipes call it: small letters, digits and {@code _}. */
  String ruleName();

  /**
   * The selection with the numbers of a recipe.
   *
   * @param keep self-edits kept per context, where it keeps a number of them
   * @param ranking what makes a self-edit better than another, where it ranks them
   */
  Selection with(int keep, TopPerTask.Ranking ranking);

  /** The rule of this name; refuses an unknown one. */
  static SelectionRule named(String name) {
    return Extensions.named(
        "loop.selection",
        name,
        SelectionRule.class,
        List.of(BuiltInRule.values()),
        SelectionRule::ruleName);
  }
}
