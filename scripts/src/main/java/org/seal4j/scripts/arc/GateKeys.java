package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.FewShotEditJson;

/**
 * The gate before the loop: one good configuration, chosen by hand, must solve most development
 * tasks, else there is little that a policy could find. The same configuration is the ceiling in
 * the result table.
 *
 * @param edit the fixed good configuration, as the JSON of a self-edit
 * @param tasks development tasks it is tried on
 * @param atLeast share of them to be solved; below it the run prints a warning and continues
 */
public record GateKeys(String edit, int tasks, double atLeast) {
  public GateKeys {
    Checks.require(tasks >= 1, "gate.tasks must be >= 1 but was %d", tasks);
    Checks.require(
        atLeast >= 0 && atLeast <= 1, "gate.atLeast must be in [0, 1] but was %s", atLeast);
  }

  /** The fixed good configuration as a self-edit. */
  FewShotEdit fixedEdit(EditSchema schema) {
    ParsedEdit<FewShotEdit> parsed = new FewShotEditJson(schema).read(edit);
    if (parsed instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      return valid.edit();
    }
    throw Checks.refuse(
        "gate.edit is no edit of the recipe's schema: %s",
        ((ParsedEdit.Invalid<FewShotEdit>) parsed).sentence());
  }
}
