package org.seal4j.scripts.arc.room;

import org.seal4j.data.check.Checks;

/**
 * What is measured beside the loop. It adds rows to the journal and tables to the run, and changes
 * no other row.
 *
 * @param configurations of test-time training that are tried on every held-out task, the gate's
 *     among them; 0 for none
 * @param repeats trainings of each on each task, with random numbers of their own
 * @param development development tasks that the configurations are tried on as well, to choose one
 *     there; 0 for none
 * @param draws self-edits a held-out task that the policy's probabilities are averaged over, before
 *     the loop and after each round; 0 for none
 * @param parts whether rows of the table take the score apart: one prompt without a vote, and the
 *     model after the last round without its own self-edits
 */
public record RoomKeys(int configurations, int repeats, int development, int draws, boolean parts) {
  private static final int MOST = 1000;

  public RoomKeys {
    Checks.require(
        configurations == 0 || (configurations >= 2 && configurations <= MOST),
        "room.configurations must be in 2 to %d, or 0 for none, but was %d; use 16",
        MOST,
        configurations);
    Checks.require(
        repeats >= 2,
        "room.repeats must be >= 2 (one to choose by, one to judge by) but was %d",
        repeats);
    Checks.require(development >= 0, "room.development must be >= 0 tasks but was %d", development);
    Checks.require(draws >= 0, "room.draws must be >= 0 but was %d; use 8", draws);
  }

  /** Rows that it adds to the journal, for so many held-out tasks with so many self-edits each. */
  public double rows(int tasks, int edits) {
    double design = (double) configurations * repeats * (tasks + development);
    return design + (parts ? (double) tasks * (2 + 3 * edits) : 0);
  }
}
