package org.seal4j.rl.grid;

import java.util.function.ToLongFunction;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;

/**
 * How many optimizer steps an edit may cost in its context.
 *
 * @param maxSteps the most steps allowed; the reference allows 375 (docs/seal.md §3.2)
 * @param steps the steps that an edit would take: epochs times batches of its training set
 */
public record StepBudget(long maxSteps, ToLongFunction<FewShotEdit> steps) {
  public StepBudget {
    Checks.require(maxSteps >= 1, "the step budget must be >= 1 but was %d", maxSteps);
  }

  /** Every edit is affordable. */
  public static StepBudget unlimited() {
    return new StepBudget(Long.MAX_VALUE, edit -> 0);
  }

  /** The same result, or {@link InvalidReason#TOO_MANY_STEPS} for a valid edit over the budget. */
  public ParsedEdit<FewShotEdit> check(ParsedEdit<FewShotEdit> parsed) {
    if (parsed instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      long cost = steps.applyAsLong(valid.edit());
      if (cost > maxSteps) {
        return new ParsedEdit.Invalid<>(
            InvalidReason.TOO_MANY_STEPS,
            "the edit would train for %d steps but at most %d are allowed"
                .formatted(cost, maxSteps));
      }
    }
    return parsed;
  }
}
