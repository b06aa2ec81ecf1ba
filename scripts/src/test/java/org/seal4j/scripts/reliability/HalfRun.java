package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flatbuf.Message;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;

/** A finished run made into one that was killed: what it wrote at its end is gone. */
final class HalfRun {
  private static final int PREFIX = 8;
  private static final Set<String> LAST =
      Set.of("SHA256SUMS", "summary.json", "timings.json", "report.html", "evaluations.arrow");

  private HalfRun() {}

  /** Copies a finished run as it was while this round's self-edits were evaluated. */
  static Path of(Path finished, Path to, int round) {
    Cases.copy(finished, to);
    try {
      for (String name : LAST) {
        Files.deleteIfExists(to.resolve(name));
      }
      for (int later = round; Files.exists(checkpoint(to, later)); later++) {
        Files.delete(checkpoint(to, later));
      }
      int rows = 0;
      for (EditRow row : Journal.readEdits(to)) {
        if (row.key().phase().equals("train") && row.key().round() > round) {
          break;
        }
        if (row.key().phase().equals("round-" + round)) {
          break;
        }
        rows++;
      }
      keepRows(to.resolve(Journal.EDITS_FILE), rows);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path checkpoint(Path run, int round) {
    return run.resolve("checkpoints/round-" + round + ".safetensors");
  }

  /** Cuts a log after so many rows, as if the next had not been begun. */
  static void keepRows(Path log, int rows) {
    byte[] bytes = read(log);
    Cases.write(log, Arrays.copyOf(bytes, starts(bytes).get(1 + rows)));
  }

  /** The last row's leading eight bytes: so many are on disk, the others still zero. */
  static void tearRow(Path log, int bytesOnDisk) {
    byte[] bytes = read(log);
    List<Integer> starts = starts(bytes);
    int last = starts.get(starts.size() - 2);
    byte[] torn = Arrays.copyOf(bytes, starts.get(starts.size() - 1));
    Arrays.fill(torn, last + bytesOnDisk, last + PREFIX, (byte) 0);
    Cases.write(log, torn);
  }

  /** Cuts a log in the middle of its first row. */
  static void cutInFirstRow(Path log) {
    byte[] bytes = read(log);
    List<Integer> starts = starts(bytes);
    Cases.write(log, Arrays.copyOf(bytes, (starts.get(1) + starts.get(2)) / 2));
  }

  /** Where the messages of a log start (schema, rows), and where the last of them ends. */
  static List<Integer> starts(byte[] log) {
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at + PREFIX <= log.length) {
      ByteBuffer prefix = ByteBuffer.wrap(log, at, PREFIX).order(ByteOrder.LITTLE_ENDIAN);
      int marker = prefix.getInt();
      int length = prefix.getInt();
      if (marker != -1 || length == 0) {
        break;
      }
      starts.add(at);
      ByteBuffer metadata =
          ByteBuffer.wrap(Arrays.copyOfRange(log, at + PREFIX, at + PREFIX + length));
      Message message = Message.getRootAsMessage(metadata.order(ByteOrder.LITTLE_ENDIAN));
      at += PREFIX + length + Math.toIntExact(message.bodyLength());
    }
    starts.add(at);
    return starts;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
