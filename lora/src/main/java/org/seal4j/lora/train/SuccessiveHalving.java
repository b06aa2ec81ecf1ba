package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * Trainings that compete with each other are measured on the way, and the worse ones end there.
 * Those that are trained to their end have the bits that they would have had without rivals.
 *
 * <p>Source: Jamieson, Talwalkar, "Non-stochastic best arm identification and hyperparameter
 * optimization" (AISTATS 2016), algorithm 1.
 *
 * @param after optimizer steps behind which rivals are measured, ascending
 * @param keep share of the rivals that go on, in (0, 1), rounded up, at least one
 */
public record SuccessiveHalving(List<Integer> after, double keep) {
  public SuccessiveHalving {
    after = List.copyOf(after);
    Checks.require(
        !after.isEmpty(), "halving.after is empty: give the steps to measure behind, such as [4]");
    int before = 0;
    for (int steps : after) {
      Checks.require(
          steps > before, "halving.after must be ascending numbers of steps from 1, not %s", after);
      before = steps;
    }
    Checks.require(
        keep > 0 && keep < 1, "halving.keep must be above 0 and below 1 but was %s", keep);
  }

  /** How many of so many rivals go on. */
  public int left(int rivals) {
    return Math.max(1, (int) Math.ceil(keep * rivals));
  }
}
