package org.seal4j.data.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.Proof;

/**
 * The messages of a log, each checked against its proof, from the header to the end-of-stream
 * marker or the torn tail.
 *
 * @param rows whole rows
 * @param end where the next row belongs: after the last whole one
 * @param proof of the last message; empty for a log of before there were proofs
 * @param ending what follows the last whole row
 * @param origin which run it is of ({@link LogOrigin})
 */
record StreamWalk(int rows, long end, Optional<String> proof, LogState.End ending, String origin) {
  /** A torn tail is one row; a longer rest is not searched for one. */
  private static final int LONGEST_ROW = 1 << 26;

  /** Whether the writer of a log was stopped before all of its header was there. */
  static boolean isCutInHeader(FileChannel channel, Object file) throws IOException {
    StreamFrame.Kind kind = StreamFrame.at(channel, 0, file).kind();
    return kind == StreamFrame.Kind.TORN || kind == StreamFrame.Kind.END_OF_FILE;
  }

  /**
   * Walks over a log; the channel stays open and the file unchanged.
   *
   * @throws InputException where the file is no log, or differs from what was written
   */
  static StreamWalk over(FileChannel channel, Object file) throws IOException {
    StreamFrame header = StreamFrame.at(channel, 0, file);
    Checks.require(
        header.kind() == StreamFrame.Kind.SCHEMA,
        "%s is cut inside its header or is no log of rows; delete it if nothing is lost with it",
        file);
    StreamWalk walk =
        new StreamWalk(
            0,
            header.end(),
            proof(channel, header, Proof.NOTHING, file + ", header,"),
            LogState.End.OPEN,
            LogOrigin.of(channel, header));
    StreamWalk next = walk.next(channel, file);
    while (next.end > walk.end) {
      walk = next;
      next = walk.next(channel, file);
    }
    return next;
  }

  /** One row further, or the same place with how the log ends there. */
  private StreamWalk next(FileChannel channel, Object file) throws IOException {
    try {
      StreamFrame frame = StreamFrame.at(channel, end, file);
      requireNoneAfter(channel, frame, file);
      return switch (frame.kind()) {
        case ROW -> after(channel, frame, file);
        case END_OF_STREAM -> ending(LogState.End.CLOSED);
        case TORN -> ending(LogState.End.TORN);
        default -> this;
      };
    } catch (InputException e) {
      if (proof.isPresent() && isTorn(channel)) {
        return ending(LogState.End.TORN);
      }
      throw e;
    }
  }

  private StreamWalk ending(LogState.End how) {
    return new StreamWalk(rows, end, proof, how, origin);
  }

  private StreamWalk after(FileChannel channel, StreamFrame frame, Object file) throws IOException {
    String place = "%s, row %d at byte %d,".formatted(file, rows + 1, frame.start());
    Optional<String> found = proof(channel, frame, proof.orElse(Proof.NOTHING), place);
    Checks.require(
        found.isPresent() == proof.isPresent(),
        "%s is damaged: it %s a proof, unlike the header; delete the file and resume the run, which"
            + " computes its rows again",
        place,
        found.isPresent() ? "has" : "lacks");
    return new StreamWalk(rows + 1, frame.end(), found, LogState.End.OPEN, origin);
  }

  private static void requireNoneAfter(FileChannel channel, StreamFrame frame, Object file)
      throws IOException {
    Checks.require(
        frame.kind() != StreamFrame.Kind.SCHEMA,
        "%s is damaged: a second header stands at byte %d",
        file,
        frame.start());
    Checks.require(
        frame.kind() != StreamFrame.Kind.END_OF_STREAM || frame.end() == channel.size(),
        "%s is damaged: bytes follow the end-of-stream marker at byte %d",
        file,
        frame.start());
  }

  private boolean isTorn(FileChannel channel) throws IOException {
    long rest = channel.size() - end;
    return rest >= RowMessage.PREFIX
        && rest <= LONGEST_ROW
        && RowMessage.isTornPrefix(
            StreamFrame.read(channel, end, (int) rest).array(), proof.orElseThrow());
  }

  private static Optional<String> proof(
      FileChannel channel, StreamFrame frame, String before, String place) throws IOException {
    int length = Math.toIntExact(frame.end() - frame.start());
    return RowMessage.proven(
        StreamFrame.read(channel, frame.start(), length).array(), before, place);
  }
}
