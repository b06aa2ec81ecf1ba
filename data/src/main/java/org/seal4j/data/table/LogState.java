package org.seal4j.data.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RegularFile;

/**
 * How a log of rows stands on disk, without decoding a row.
 *
 * @param rows whole rows, each proven
 * @param end how the file ends
 * @param origin the run that it is of, and where in it; empty where it names none
 */
public record LogState(int rows, End end, String origin) {
  /** How a log ends. */
  public enum End {
    /** By an end-of-stream marker: its writer closed it. */
    CLOSED,
    /** After a whole row: its writer was stopped between two rows, or is at work. */
    OPEN,
    /**
     * Within a row or the header: its writer was stopped while it wrote; the row does not count. Of
     * a header whoever goes on with the log looks whether it begins as it should.
     */
    TORN
  }

  /**
   * Checks all messages of a log against their proofs.
   *
   * @throws InputException where the log is missing, damaged, or has no proofs
   */
  public static LogState of(Path file) {
    try (FileChannel channel =
        FileChannel.open(RegularFile.require(file), StandardOpenOption.READ)) {
      if (StreamWalk.isCutInHeader(channel, file)) {
        return new LogState(0, End.TORN, "");
      }
      StreamWalk walk = StreamWalk.over(channel, file);
      if (walk.proof().isEmpty()) {
        throw Proof.missing(file);
      }
      return new LogState(walk.rows(), walk.ending(), walk.origin());
    } catch (IOException e) {
      throw new InputException(
          "cannot read the log %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }
}
