package org.seal4j.rl.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.RunLog;

/**
 * The two logs of a run folder: {@value #EDITS_FILE} (evaluated edits) and {@value #LEARNING_FILE}
 * (M-step losses), both Arrow IPC streams. A run that was killed at any moment and continued leaves
 * the same bytes as an undisturbed one.
 */
public final class Journal implements AutoCloseable {
  /** Columns of the log of evaluated edits. */
  public static final TableSchema EDITS = EditTable.SCHEMA;

  /** Columns of the log of M-step losses. */
  public static final TableSchema LEARNING = LearningTable.SCHEMA;

  /** File name of the log of evaluated edits. */
  public static final String EDITS_FILE = "edits.arrows";

  /** File name of the log of M-step losses. */
  public static final String LEARNING_FILE = "learning.arrows";

  private final RowLog edits;
  private final RowLog learning;

  private Journal(RowLog edits, RowLog learning) {
    this.edits = edits;
    this.learning = learning;
  }

  /** Opens a journal that belongs to no run, as {@link #open(Path, String)}. */
  public static Journal open(Path folder) {
    return open(folder, "");
  }

  /**
   * Opens the journal in an existing folder, to begin a run or to continue one.
   *
   * @param origin the identity of the run, and where in it the folder stands; empty for none
   * @throws org.seal4j.data.check.InputException when a file there is no log of this version, or is
   *     open in another run
   */
  public static Journal open(Path folder, String origin) {
    RowLog edits = log(folder, EDITS_FILE, EDITS, origin);
    try {
      return new Journal(edits, log(folder, LEARNING_FILE, LEARNING, origin));
    } catch (RuntimeException e) {
      edits.close();
      throw e;
    }
  }

  private static RowLog log(Path folder, String file, TableSchema schema, String origin) {
    String place = origin.isEmpty() ? "" : origin + "/" + file.replace(".arrows", "");
    return RowLog.open(folder.resolve(file), schema, place);
  }

  /** The evaluated edits of a run folder, whether the run is finished or not. */
  public static List<EditRow> readEdits(Path folder) {
    return RowLog.read(folder.resolve(EDITS_FILE), EDITS).rows().stream()
        .map(EditTable::fromTable)
        .toList();
  }

  /** The M-step losses of a run folder, whether the run is finished or not. */
  public static List<LearningRow> readLearning(Path folder) {
    return RowLog.read(folder.resolve(LEARNING_FILE), LEARNING).rows().stream()
        .map(LearningTable::fromTable)
        .toList();
  }

  /** The log of evaluated edits. */
  public RunLog<EditRow> edits() {
    return new View<>(edits, EditTable::fromTable, EditTable::toTable);
  }

  /** The log of M-step losses. */
  public RunLog<LearningRow> learning() {
    return new View<>(learning, LearningTable::fromTable, LearningTable::toTable);
  }

  @Override
  public void close() {
    try (edits;
        learning) {
      // closes both, even if one fails
    }
  }

  private record View<R>(RowLog log, Function<Row, R> read, Function<R, Row> write)
      implements RunLog<R> {
    @Override
    public List<R> existing() {
      return log.rows().stream().map(read).toList();
    }

    @Override
    public void append(R row) {
      log.append(write.apply(row));
    }
  }
}
