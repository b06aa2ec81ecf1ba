package org.seal4j.scripts.arc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.synth.Family;
import org.seal4j.data.synth.Layout;

/**
 * Which tasks there are, and how large they may be.
 *
 * @param source where the tasks of loop and evaluation come from
 * @param tasks folder of ARC task files, or a Kaggle challenges file; needed with {@code folder}
 * @param evaluation another folder or challenges file, whose tasks are those of confirmation,
 *     without the families that the loop and development have; null for those of {@code tasks}
 * @param heldOut share of the families of {@code tasks} that only evaluations see, in (0, 1)
 * @param families the procedural families of pretraining
 * @param inputs sizes of procedural input grids
 * @param demonstrations worked pairs of a procedural task; real ones have their own number
 * @param maxHeight tallest grid the model can write, in cells
 * @param maxWidth widest grid the model can write, in cells
 * @param maxTokens longest sequence of the model; tasks over it are left out
 * @param rows sizes of procedural inputs of one row, where {@code families} is {@code all}; null
 *     elsewhere
 * @param maxRow widest grid of one row the model can write, in cells; null for {@code maxWidth}
 */
public record DataKeys(
    TaskSource source,
    @Nullable Path tasks,
    @Nullable Path evaluation,
    double heldOut,
    PretrainingFamilies families,
    Layout inputs,
    int demonstrations,
    int maxHeight,
    int maxWidth,
    int maxTokens,
    @Nullable Layout rows,
    @Nullable Integer maxRow) {
  public DataKeys {
    Checks.require(
        heldOut > 0 && heldOut < 1, "data.heldOut must be in (0, 1) but was %s", heldOut);
    Checks.require(
        demonstrations >= 2,
        "data.demonstrations must be >= 2 (test-time training leaves one out) but was %d",
        demonstrations);
    Checks.require(
        maxHeight >= inputs.maxHeight() && maxWidth >= inputs.maxWidth(),
        "data.maxHeight x data.maxWidth must hold the largest of data.inputs but are %d x %d for"
            + " %d x %d",
        maxHeight,
        maxWidth,
        inputs.maxHeight(),
        inputs.maxWidth());
    Checks.require(
        4.0 * demonstrations <= maxTokens,
        "data.demonstrations is %d, but so many pairs of grids, of at least 4 tokens each, cannot"
            + " fit into data.maxTokens (%d)",
        demonstrations,
        maxTokens);
    requireRows(families, rows, maxWidth, maxRow);
    Checks.require(maxTokens >= 16, "data.maxTokens must be >= 16 but was %d", maxTokens);
    Checks.require(
        source == TaskSource.FOLDER || families == PretrainingFamilies.GRIDS,
        "data.source synth has tasks for data.families grids alone; for %s name a folder of tasks",
        word(families));
    Checks.require(
        source == TaskSource.FOLDER || (tasks == null && evaluation == null),
        "data.%s names %s but data.source is synth; use a recipe for real tasks, such as arc-real",
        tasks == null ? "evaluation" : "tasks",
        String.valueOf(tasks == null ? evaluation : tasks));
  }

  private static void requireRows(
      PretrainingFamilies families, @Nullable Layout rows, int maxWidth, @Nullable Integer maxRow) {
    int widest = maxRow == null ? maxWidth : maxRow;
    Checks.require(
        widest >= maxWidth,
        "data.maxRow is %d, but a single row may not be narrower than data.maxWidth (%d)",
        widest,
        maxWidth);
    Checks.require(
        (families == PretrainingFamilies.ALL) == (rows != null),
        "data.rows has the sizes of single rows for data.families all; it must be given there, and"
            + " nowhere else, but it is %s and data.families is %s",
        rows == null ? "null" : "given",
        word(families));
    Checks.require(
        rows == null || (rows.maxHeight() == 1 && rows.maxWidth() <= widest),
        "data.rows must be of height 1 and no wider than data.maxRow (%d) but is %s",
        widest,
        String.valueOf(rows));
  }

  /** A set of families as a recipe names it. */
  private static String word(PretrainingFamilies families) {
    return families.name().toLowerCase(Locale.ROOT);
  }

  /** The widest grid of one row. */
  int widestRow() {
    return maxRow == null ? maxWidth : maxRow;
  }

  /** The procedural families of pretraining. */
  List<Family> pretraining() {
    return families.on(inputs, rows);
  }

  /** The folder of real tasks. */
  Path folder() {
    return Checks.present(
        tasks,
        "this recipe runs on real tasks; say where they are: --set data.tasks=DIR (a folder of ARC"
            + " task files, or a Kaggle challenges file)");
  }

  /** Real tasks must be there where the recipe runs on some. */
  void requireTasks() {
    if (source == TaskSource.FOLDER) {
      requireReadable("data.tasks", folder());
      if (evaluation != null) {
        requireReadable("data.evaluation", evaluation);
      }
    }
  }

  private static void requireReadable(String key, Path path) {
    Checks.require(
        Files.isReadable(path),
        "%s: there is no readable %s%s; name a folder of ARC task files, or a Kaggle challenges file",
        key,
        path,
        path.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath());
  }

  /** Where the tasks of loop and evaluation come from. */
  public enum TaskSource {
    /** Procedural tasks of the pools RL, development and confirmation. */
    SYNTH,
    /** Task files in ARC's format. */
    FOLDER
  }
}
