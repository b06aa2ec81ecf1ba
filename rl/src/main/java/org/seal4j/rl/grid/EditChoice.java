package org.seal4j.rl.grid;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * One choice of a self-edit, and how likely each value was under the policy at that place: behind
 * the demonstrations and the choices before.
 *
 * @param setting what is chosen, such as {@code lr}
 * @param value what was chosen, such as {@code 0.003}; of a tool {@code on} or {@code off}
 * @param options every value that could be, in the order of the recipe
 */
public record EditChoice(String setting, String value, List<Option> options) {
  public EditChoice {
    options = List.copyOf(options);
    Checks.require(
        options.stream().anyMatch(option -> option.value.equals(value)),
        "%s=%s is not among its options",
        setting,
        value);
  }

  /**
   * A value that could be chosen.
   *
   * @param probability among the values of this setting, from 0 to 1
   */
  public record Option(String value, double probability) {}

  /** How likely the chosen value was. */
  public double probability() {
    return options.stream()
        .filter(option -> option.value.equals(value))
        .mapToDouble(Option::probability)
        .sum();
  }
}
