package org.seal4j.data.synth;

import java.util.function.UnaryOperator;
import org.seal4j.data.arc.Grid;

/** What turns the input of a task into its output, given the colours of the task. */
@FunctionalInterface
public interface Rule {

  /** The output grid; a pure function of the input and the palette. */
  Grid apply(Grid input, Palette palette);

  /**
   * Whether this input shows what the rule does. A pair which fails this is never part of a task.
   */
  default boolean shownBy(Grid input, Palette palette) {
    return !apply(input, palette).equals(input);
  }

  /** A rule without a colour of its own. */
  static Rule plain(UnaryOperator<Grid> rule) {
    return (input, palette) -> rule.apply(input);
  }
}
