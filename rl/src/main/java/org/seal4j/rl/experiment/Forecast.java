package org.seal4j.rl.experiment;

import org.seal4j.model.MemoryNeed;

/**
 * What a run will leave on the disk, as far as its recipe tells before it begins.
 *
 * @param weightsBytes size of one copy of the model
 * @param copies how many copies of the model its folder will hold: checkpoints, or the model
 * @param rows how many rows of a log it will write, such as evaluated self-edits
 * @param caches whether a pretrained model is kept in the cache as well
 */
public record Forecast(double weightsBytes, int copies, long rows, boolean caches) {
  /** A row of a self-edit with its texts, answers and losses, measured on the shipped recipes. */
  private static final double BYTES_PER_ROW = 2500;

  /** Report, manifest, tables of tasks or passages. */
  private static final double OTHER_BYTES = 150_000;

  /** The size of the run's folder in bytes, roughly. */
  public double folderBytes() {
    return weightsBytes * copies + BYTES_PER_ROW * rows + OTHER_BYTES;
  }

  /** The same for a person, such as {@code about 12 MiB (3 copies of the model, 420 rows)}. */
  @Override
  public String toString() {
    String parts =
        copies == 0
            ? "%,d rows".formatted(rows)
            : "%d x %s of weights, %,d rows".formatted(copies, MemoryNeed.text(weightsBytes), rows);
    return "about %s (%s)".formatted(MemoryNeed.text(folderBytes()), parts);
  }
}
