package org.seal4j.scripts.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.seal4j.data.check.Checks;

/**
 * Keeps other processes out of a run folder until it is closed; the system lets go of it when the
 * process dies.
 */
public record RunLock(FileChannel channel) implements AutoCloseable {
  /** The name of the file in a run folder. */
  public static final String FILE_NAME = ".lock";

  /** A process that was killed a moment ago still holds its locks. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration RETRY = Duration.ofMillis(100);

  /** Takes the lock of this folder, or refuses where another process keeps it. */
  public static RunLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryFor(channel, PATIENCE)) {
      channel.close();
      throw Checks.refuse(
          "another process is working in %s right now; wait for it, or stop it", folder);
    }
    return new RunLock(channel);
  }

  private static boolean tryFor(FileChannel channel, Duration patience) throws IOException {
    long start = System.nanoTime();
    try {
      while (channel.tryLock() == null) {
        if (System.nanoTime() - start > patience.toNanos()) {
          return false;
        }
        Thread.sleep(RETRY.toMillis());
      }
      return true;
    } catch (OverlappingFileLockException e) {
      return false; // this very process works there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
