package org.seal4j.scripts.solve;

import java.util.Locale;
import java.util.stream.Collectors;
import org.seal4j.rl.grid.PlannedTask;

/** A self-edit in words that need no explanation. */
final class EditWords {
  private EditWords() {}

  /** All choices in one line, such as {@code color on, basic off, learning rate 0.003}. */
  static String of(PlannedTask.Edit edit) {
    return edit.choices().stream()
        .map(choice -> name(choice.setting()) + " " + choice.value())
        .collect(Collectors.joining(", "));
  }

  /** The same with the probability of each choice. */
  static String withProbabilities(PlannedTask.Edit edit) {
    return edit.choices().stream()
        .map(
            choice ->
                "%s %s (%s)"
                    .formatted(
                        name(choice.setting()), choice.value(), percent(choice.probability())))
        .collect(Collectors.joining(", "));
  }

  /** How it came about and what it costs. */
  static String about(PlannedTask.Edit edit, int of, int number) {
    String which = of == 1 ? "" : "self-edit %d of %d, ".formatted(number, of);
    return "%s%s, %s likely as a whole; %s"
        .formatted(
            which,
            edit.sampled() ? "sampled" : "the most likely choices",
            percent(edit.probability()),
            edit.steps() == 0 ? "not trained" : edit.steps() + " training steps");
  }

  /** The name of a setting as a person says it. */
  static String name(String setting) {
    return switch (setting) {
      case "lr" -> "learning rate";
      case "loss" -> "loss on";
      default -> setting;
    };
  }

  /** A share in per cent, without decimals where it is at least 1. */
  static String percent(double share) {
    return String.format(
        Locale.ROOT, share < 0.01 && share > 0 ? "%.2f %%" : "%.0f %%", 100 * share);
  }
}
