package org.seal4j.data.table;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.seal4j.data.check.Checks;

/**
 * The off-heap memory of one reader or writer. Closing it fails when a buffer is still held, so a
 * leak cannot pass a test.
 */
final class ArrowMemory {
  private ArrowMemory() {}

  /** Memory for a writer; refuses with one sentence a JVM that lacks Arrow's flag. */
  static BufferAllocator open() {
    requireOpenModule();
    return new RootAllocator(Long.MAX_VALUE);
  }

  /**
   * Memory for the reader of a file of this size. A whole file never needs as much as is granted
   * here (Arrow rounds up to powers of two); a damaged one, whose lengths are wrong, is refused
   * before it takes the machine's memory.
   */
  static ReadingMemory forReading(long fileBytes) {
    requireOpenModule();
    return new ReadingMemory(8 * fileBytes + (1 << 20));
  }

  private static void requireOpenModule() {
    Module base = java.nio.ByteBuffer.class.getModule();
    Checks.require(
        base.isOpen("java.nio", RootAllocator.class.getModule()),
        "Arrow tables need the JVM flag --add-opens=java.base/java.nio=ALL-UNNAMED, which this JVM"
            + " was started without; start with scripts/seal or add the flag to the java command");
  }
}
