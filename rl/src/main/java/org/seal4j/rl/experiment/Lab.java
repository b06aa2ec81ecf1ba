package org.seal4j.rl.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.model.plan.Workers;

/**
 * Everything an experiment may touch: seeds, threads, the cache of pretrained models, the run's
 * folder, and those who listen. Handed to it by whoever runs it; closed by them too.
 */
public interface Lab {
  /** The root of all randomness of this run. */
  Seeds seeds();

  /** Threads; results do not depend on their number. */
  Workers workers();

  /** Hears what happens: progress, remarks, evaluated edits. */
  RunListener listener();

  /** The folder of the run, which exists. */
  Path folder();

  /**
   * Records how the run was made, before anything else is written; a resumed run is refused where
   * its result would differ.
   *
   * @param hashes SHA-256 of the inputs by name
   */
  void inputs(Map<String, String> hashes);

  /** SHA-256 of all that {@link #inputs} recorded: runs of the same results have the same. */
  String identity();

  /** The pretrained model: from the cache where there is one, else trained now. Close it. */
  Pretrained pretrained(Pretraining how);

  /** Runs a stage and counts its time under this name. */
  <T> T stage(String name, Supplier<T> body);

  /** Tells a remark on the way to the result. */
  default void say(String line) {
    listener().said(line);
  }

  /** Writes a table that is complete, as {@code NAME.arrow} in the folder. */
  default void table(String name, TableSchema schema, List<Row> rows) {
    ArrowTable.write(folder().resolve(name + ".arrow"), schema, rows);
  }

  /**
   * Opens a log of rows, {@code NAME.arrows}, to begin or to resume it; each row counts once
   * synced.
   */
  default RowLog log(String name, TableSchema schema) {
    String origin = identity().isEmpty() ? "" : identity() + "/" + name;
    return RowLog.open(folder().resolve(name + ".arrows"), schema, origin);
  }

  /** A folder inside the run's folder; made when first asked for. */
  default Path folder(String name) {
    try {
      return Files.createDirectories(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
