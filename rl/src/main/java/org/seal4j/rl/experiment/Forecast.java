package org.seal4j.rl.experiment;

import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.model.MemoryNeed;

/**
 * What a run will leave on the disk, as far as its recipe tells before it begins.
 *
 * @param weightsBytes size of one copy of the model
 * @param copies how many copies of the model its folder will hold: checkpoints, or the model
 * @param rows how many rows of a log it will write, such as evaluated self-edits; doubles, since
 *     numbers of a recipe can multiply beyond a long
 * @param caches whether a pretrained model is kept in the cache as well
 * @param adapterBytes size of all adapters together
 */
public record Forecast(
    double weightsBytes, double copies, double rows, boolean caches, double adapterBytes) {
  /** A row of a self-edit with its texts, answers and losses, measured on the shipped recipes. */
  private static final double BYTES_PER_ROW = 2500;

  /** Report, manifest, tables of tasks or passages. */
  private static final double OTHER_BYTES = 150_000;

  /** What a row takes in the heap at least, where a run keeps it until its end. */
  private static final double HEAP_PER_ROW = 200;

  /** One without adapters. */
  public Forecast(double weightsBytes, double copies, double rows, boolean caches) {
    this(weightsBytes, copies, rows, caches, 0);
  }

  /** The same with adapters. */
  public Forecast withAdapters(double bytes) {
    return new Forecast(weightsBytes, copies, rows, caches, bytes);
  }

  /**
   * Refuses a run whose results fit neither the disk nor the heap.
   *
   * @param free bytes of the disk that the run's folder is on
   */
  public void requireRoom(double free) {
    Checks.require(
        folderBytes() <= free,
        "the run would write %s, and the disk of its folder has %s left; make the run smaller, or"
            + " choose another disk with --out",
        this,
        MemoryNeed.text(free));
    new MemoryNeed(HEAP_PER_ROW * rows)
        .requireHeap(String.format(Locale.ROOT, "%,.0f rows of results would", rows));
  }

  /** The size of the run's folder in bytes, roughly. */
  public double folderBytes() {
    return weightsBytes * copies + adapterBytes + BYTES_PER_ROW * rows + OTHER_BYTES;
  }

  /** The same for a person, such as {@code about 12 MiB (3 copies of the model, 420 rows)}. */
  @Override
  public String toString() {
    String count = String.format(Locale.ROOT, rows == 1 ? "%,.0f row" : "%,.0f rows", rows);
    String weights =
        copies == 0
            ? ""
            : String.format(
                Locale.ROOT, "%.0f x %s of weights, ", copies, MemoryNeed.text(weightsBytes));
    String adapters = adapterBytes == 0 ? "" : MemoryNeed.text(adapterBytes) + " of adapters, ";
    return "about %s (%s%s%s)".formatted(MemoryNeed.text(folderBytes()), weights, adapters, count);
  }
}
