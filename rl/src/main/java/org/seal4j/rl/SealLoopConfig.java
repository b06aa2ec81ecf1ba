package org.seal4j.rl;

import org.seal4j.data.check.Checks;

/**
 * How the outer loop runs.
 *
 * @param rounds of sample, evaluate, select, learn; at least 1 (SEAL: 2 for passages, 1 for grids)
 * @param editsPerContext edits sampled per context and round (SEAL: 5 for passages, 15 for grids)
 * @param maxResamples how often an invalid edit is asked for again; 0 never. Differs from SEAL: the
 *     reference resamples without limit
 * @param selection which edits the policy learns from
 * @param reexamine of how many chosen edits a round trains and examines a second adapter, with
 *     fresh random numbers; 0 of none. It changes nothing else: it shows what of a chosen edit's
 *     reward is luck (the winner's curse)
 */
public record SealLoopConfig(
    int rounds, int editsPerContext, int maxResamples, Selection selection, int reexamine) {
  /** A loop that examines no edit twice. */
  public SealLoopConfig(int rounds, int editsPerContext, int maxResamples, Selection selection) {
    this(rounds, editsPerContext, maxResamples, selection, 0);
  }

  public SealLoopConfig {
    Checks.require(rounds >= 1, "rounds must be >= 1 but was %d", rounds);
    Checks.require(
        editsPerContext >= 1, "editsPerContext must be >= 1 but was %d", editsPerContext);
    Checks.require(
        maxResamples >= 0,
        "maxResamples must be >= 0 but was %d; 0 takes the first sample as it is",
        maxResamples);
    Checks.require(reexamine >= 0, "reexamine must be >= 0 but was %d; 0 does not", reexamine);
  }
}
