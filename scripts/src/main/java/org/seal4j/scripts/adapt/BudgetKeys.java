package org.seal4j.scripts.adapt;

import org.seal4j.data.check.Checks;

/**
 * What was wanted before a plan was made for a time ({@code --budget}): what was dropped is told by
 * this. Changing it changes nothing else.
 *
 * @param time as it was given, such as {@code 15m}
 * @param passages number of passages that were to be learned
 * @param readings batches that each passage was to stand in
 * @param questions that were to be trained on, of each passage
 */
public record BudgetKeys(String time, int passages, int readings, int questions) {
  public BudgetKeys {
    Budget.seconds(time);
    Checks.require(passages >= 1, "budget.passages must be >= 1 but was %d", passages);
    Checks.require(readings >= 1, "budget.readings must be >= 1 but was %d", readings);
    Checks.require(questions >= 0, "budget.questions must be >= 0 but was %d", questions);
  }
}
