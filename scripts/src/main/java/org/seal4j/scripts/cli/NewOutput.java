package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.scripts.launch.OnStop;
import org.seal4j.scripts.run.NewFolder;

/**
 * A file or folder that a command writes in one go: where the process is told to end before it is
 * whole, nothing of it stays, so that the same command can be given again.
 */
final class NewOutput {
  /** The command's thread may have a file more in the making. */
  private static final int ATTEMPTS = 100;

  private static final long PAUSE_MILLISECONDS = 20;

  /** How often in a row nothing must have come: its thread may be about to make a folder. */
  private static final int QUIET = 4;

  private NewOutput() {}

  /**
   * Writes one.
   *
   * @param out where to; a file, or a folder that holds something, is not taken back
   * @param err where it is said that nothing stays
   */
  static void write(Path out, PrintWriter err, Runnable work) {
    if (isInUse(out)) {
      work.run();
      return;
    }
    NewFolder planned = NewFolder.planned(out);
    OnStop.during(
        work,
        () -> {
          takeBack(planned);
          err.println();
          err.println("seal: stopped; nothing is left of " + Shown.line(out.toString()));
          err.flush();
        });
  }

  private static boolean isInUse(Path out) {
    if (!Files.isDirectory(out)) {
      return Files.exists(out);
    }
    try (Stream<Path> inside = Files.list(out)) {
      return inside.findAny().isPresent();
    } catch (IOException | UncheckedIOException e) {
      return true; // the command itself says what is wrong with it
    }
  }

  /** Deletes what is there until nothing comes any more. */
  static void takeBack(NewFolder planned) {
    try {
      int quiet = 0;
      for (int i = 0; i < ATTEMPTS && quiet < QUIET; i++) {
        quiet = tookBack(planned) ? quiet + 1 : 0;
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean tookBack(NewFolder planned) {
    try {
      Files.deleteIfExists(AtomicFile.partial(planned.root()));
      planned.takeBack();
    } catch (IOException | UncheckedIOException | InputException e) {
      return false; // a file has come or gone meanwhile
    }
    return isGone(planned);
  }

  private static boolean isGone(NewFolder planned) {
    return !Files.exists(AtomicFile.partial(planned.root()))
        && (planned.made().isEmpty()
            ? !isInUse(planned.root())
            : planned.made().stream().noneMatch(Files::exists));
  }
}
