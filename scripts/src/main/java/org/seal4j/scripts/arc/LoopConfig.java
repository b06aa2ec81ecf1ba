package org.seal4j.scripts.arc;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.AllPositives;
import org.seal4j.rl.restem.PositiveGain;
import org.seal4j.rl.restem.TopPerTask;

/**
 * The outer loop.
 *
 * @param rounds of sample, evaluate, select, learn
 * @param tasksPerRound fresh tasks in each round
 * @param editsPerTask self-edits sampled per task
 * @param maxResamples how often an invalid edit is asked for again
 * @param selection which edits the policy learns from
 * @param keep with {@code top_per_task}: edits kept per task
 */
public record LoopConfig(
    int rounds,
    int tasksPerRound,
    int editsPerTask,
    int maxResamples,
    SelectionRule selection,
    int keep) {
  public LoopConfig {
    Checks.require(rounds >= 1, "loop.rounds must be >= 1 but was %d", rounds);
    Checks.require(tasksPerRound >= 1, "loop.tasksPerRound must be >= 1 but was %d", tasksPerRound);
    Checks.require(editsPerTask >= 1, "loop.editsPerTask must be >= 1 but was %d", editsPerTask);
    Checks.require(
        keep >= 1 && keep <= editsPerTask,
        "loop.keep must be in 1 to loop.editsPerTask (%d) but was %d",
        editsPerTask,
        keep);
    Checks.require(maxResamples >= 0, "loop.maxResamples must be >= 0 but was %d", maxResamples);
  }

  /** The same for the loop. */
  SealLoopConfig sealLoop() {
    return new SealLoopConfig(rounds, editsPerTask, maxResamples, rule());
  }

  private Selection rule() {
    return switch (selection) {
      case TOP_PER_TASK -> new TopPerTask(keep);
      case ALL_POSITIVES -> AllPositives.reference();
      case POSITIVE_GAIN -> PositiveGain.amongAll();
    };
  }

  /** The E-step's filters. */
  public enum SelectionRule {
    /** The best few of each task by (solved, likelihood of the truth). */
    TOP_PER_TASK,
    /** Every edit that solves its task, as in SEAL. */
    ALL_POSITIVES,
    /** Every edit that does better than no edit. */
    POSITIVE_GAIN
  }
}
