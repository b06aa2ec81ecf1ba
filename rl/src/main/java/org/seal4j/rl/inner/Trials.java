package org.seal4j.rl.inner;

import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditJob;

/**
 * How often an edit is trained and examined, and with which random numbers. The reward is the mean
 * over the trials (SEAL: 3 in rounds, 1 in evaluations).
 *
 * @param count independent trainings per edit
 * @param seeds of one trial
 */
public record Trials(int count, TrialSeeds seeds) {
  public Trials {
    Checks.require(count >= 1, "a self-edit must be trained >= 1 times but is %d", count);
  }

  /** The seeds of a trial of a job. Pure. */
  @FunctionalInterface
  public interface TrialSeeds {
    /** Seeds of trial {@code number}, from 0. */
    Seeds of(EditJob<?, ?> job, int number);
  }

  /** One trial, with the job's own seeds. */
  public static Trials once() {
    return new Trials(1, (job, number) -> job.seeds());
  }

  /** So many trials, each job with random numbers of its own. */
  public static Trials independent(int count) {
    return new Trials(count, (job, number) -> job.seeds().child("repeat", number));
  }

  /**
   * So many trials in which all edits of a context share the adapter's initial values and the order
   * of the data (common random numbers), so that their differences are less noisy. Jobs that are
   * evaluated afresh have their own.
   */
  public static Trials common(int count, Seeds seeds) {
    return new Trials(
        count,
        (job, number) ->
            job.afresh()
                ? job.seeds().child("repeat", number)
                : seeds.child("inner", job.context().id(), number));
  }
}
