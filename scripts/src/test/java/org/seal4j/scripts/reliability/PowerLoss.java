package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a power failure takes: bytes that were written and not yet synced. Each such write is lost
 * or kept by chance, as a disk writes pages in any order; where the new length of a file is lost
 * too, all bytes beyond the old one are.
 */
final class PowerLoss {
  /** A write since the last sync, and what stood there before (less at the end of the file). */
  private record Write(long position, int length, byte[] before) {}

  /** An open file and what is not on disk of it. */
  private static final class Unsynced {
    final FileChannel file;
    final long size;
    final List<Write> writes = new ArrayList<>();

    Unsynced(FileChannel file, long size) {
      this.file = file;
      this.size = size;
    }
  }

  private static final Map<Path, Unsynced> UNSYNCED = new HashMap<>();

  private PowerLoss() {}

  /** Bytes are about to be written. */
  static synchronized void writes(Path path, FileChannel file, long position, int length)
      throws IOException {
    long size = file.size();
    Unsynced unsynced = UNSYNCED.computeIfAbsent(path, key -> new Unsynced(file, size));
    int there = (int) Math.max(0, Math.min(length, size - position));
    ByteBuffer before = ByteBuffer.allocate(there);
    while (before.hasRemaining() && file.read(before, position + before.position()) >= 0) {
      // the rest of what stands there
    }
    unsynced.writes.add(new Write(position, length, before.array()));
  }

  /** The file is on disk, or nothing waits for it any more. */
  static synchronized void forget(Path path) {
    UNSYNCED.remove(path);
  }

  /** The power fails. */
  static synchronized void strike(SplittableRandom random) throws IOException {
    for (Unsynced one : UNSYNCED.values()) {
      if (!one.file.isOpen()) {
        continue;
      }
      for (int i = one.writes.size() - 1; i >= 0; i--) {
        if (random.nextBoolean()) {
          undo(one.file, one.writes.get(i));
        }
      }
      if (random.nextBoolean()) {
        one.file.truncate(one.size);
      }
    }
    UNSYNCED.clear();
  }

  private static void undo(FileChannel file, Write write) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(write.length);
    bytes.put(write.before).rewind();
    bytes.limit((int) Math.max(0, Math.min(write.length, file.size() - write.position)));
    while (bytes.hasRemaining()) {
      file.write(bytes, write.position + bytes.position());
    }
  }
}
