package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;

/**
 * The gate before the loop: one good configuration, chosen by hand, must solve most development
 * tasks, else there is little that a policy could find. The same configuration is the ceiling in
 * the result table.
 *
 * @param edit the fixed good configuration, as the JSON of a self-edit
 * @param tasks development tasks it is tried on
 * @param atLeast share of them to be solved; below it the run says so and goes on
 */
public record GateConfig(String edit, int tasks, double atLeast) {
  public GateConfig {
    Checks.require(tasks >= 1, "gate.tasks must be >= 1 but was %d", tasks);
    Checks.require(
        atLeast >= 0 && atLeast <= 1, "gate.atLeast must be in [0, 1] but was %s", atLeast);
  }
}
