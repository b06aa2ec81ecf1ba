package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;

/**
 * Lets one writer at a time work on a blob, among the threads of this process and the processes of
 * this machine. Python's library takes another kind of lock on the same file, which Java cannot
 * see; it writes to files of its own names and moves them, so both may work at once and the content
 * is checked in any case.
 */
final class BlobLock {
  private static final ConcurrentHashMap<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  private BlobLock() {}

  /** Waits until nobody else works under this lock, and works. */
  static void holding(Path file, Runnable work) {
    HubCache.make(HubCache.parent(file));
    ReentrantLock thread =
        HERE.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
    thread.lock();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock unused = channel.lock(); // released with the channel
      work.run();
    } catch (IOException e) {
      throw Checks.refuse("cannot lock %s: %s", file, AtomicFile.reason(e));
    } finally {
      thread.unlock();
    }
  }
}
