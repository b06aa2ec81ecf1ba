package org.seal4j.scripts.arc;

import org.seal4j.eval.report.Results;
import org.seal4j.rl.EditCounts;
import org.seal4j.scripts.experiment.EditSpeed;
import org.seal4j.scripts.experiment.Phases;
import org.seal4j.scripts.experiment.Pretrained;
import org.seal4j.scripts.experiment.Timings;

/**
 * Everything a report tells of a run.
 *
 * @param plan the tasks
 * @param pretrained the model before the loop; its weights are not needed any more
 * @param parameters of the model
 * @param phases what was measured
 * @param results the table
 * @param speed of the inner loops in this process
 * @param timings of the stages in this process
 */
record RunResult(
    TaskPlan plan,
    Pretrained pretrained,
    long parameters,
    Phases phases,
    Results results,
    EditSpeed speed,
    Timings timings) {

  /** How often the policy wrote something that is no edit. */
  EditCounts written() {
    return EditCounts.of(phases.written());
  }
}
