package org.seal4j.rl.restem;

import java.util.List;
import org.seal4j.data.check.NamedServices;
import org.seal4j.rl.Selection;

/**
 * A {@link Selection} that recipes can name in {@code loop.selection}. Found by {@link
 * java.util.ServiceLoader}, so that a jar on the class path adds rules.
 */
public interface SelectionRule {
  /** By their names in recipes. */
  NamedServices<SelectionRule> KNOWN =
      new NamedServices<>(
          SelectionRule.class, "selection", SelectionRule::ruleName, List.of(BuiltInRule.values()));

  /** What recipes call it: lower-case letters, digits, {@code -} and {@code _}. */
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
    return KNOWN.get(name);
  }
}
