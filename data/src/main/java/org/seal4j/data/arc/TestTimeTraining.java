package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * Turns a task and the flags of a self-edit into the training set of the inner loop (docs/seal.md
 * §3.3). The hidden pair of the task is never used. The result has no duplicates and its order
 * depends on the task, the flags and the seed alone. Differs from SEAL: there the order went
 * through a hash set and changed from run to run.
 *
 * @param config how sets are built
 * @param fits which pseudo-tasks the model can take, such as {@link GridSequences#fits}; the others
 *     are dropped before the cap
 */
public record TestTimeTraining(TestTimeTrainingConfig config, Predicate<ArcTask> fits) {
  /**
   * The pseudo-tasks to train on, in order; the hidden pair of the task is not read.
   *
   * @param seeds the seed of this (task, edit)
   */
  public List<ArcTask> build(ArcTask task, AugmentationFlags flags, Seeds seeds) {
    return build(task.shown(), flags, seeds);
  }

  /** The same of worked pairs alone. */
  public List<ArcTask> build(Demonstrations task, AugmentationFlags flags, Seeds seeds) {
    Checks.require(
        task.pairs().size() >= 2,
        "task %s has 1 demonstration; test-time training leaves one out and needs at least 2",
        task.id());
    Set<ArcTask> all =
        switch (config.schema()) {
          case COMPACT -> CompactSet.build(task, flags, config, seeds);
          case REFERENCE -> ReferenceSet.build(task, flags, config, seeds);
        };
    List<ArcTask> kept = new ArrayList<>(all);
    kept.removeIf(made -> !made.grids().allMatch(this::withinSide) || !fits.test(made));
    if (kept.size() > config.cap()) {
      seeds.child("cap").rng().shuffle(kept);
      return List.copyOf(kept.subList(0, config.cap()));
    }
    return List.copyOf(kept);
  }

  private boolean withinSide(Grid grid) {
    return Math.max(grid.height(), grid.width()) <= config.maxSide();
  }
}
