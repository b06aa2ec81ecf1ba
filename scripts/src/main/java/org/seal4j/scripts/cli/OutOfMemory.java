package org.seal4j.scripts.cli;

import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** Memory that ran out while a command worked: which kind, its limit, and what to do. */
final class OutOfMemory {
  private static final double GIB = 1L << 30;

  private OutOfMemory() {}

  /** Whether a failure is one of memory; threads wrap what they throw. */
  static boolean isIn(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof OutOfMemoryError || isOfLibnd4j(at)) {
        return true;
      }
    }
    return false;
  }

  static String sentence(Throwable thrown) {
    boolean heap = isOfTheHeap(thrown);
    return sentence(heap, heap ? Runtime.getRuntime().maxMemory() : Pointer.maxBytes());
  }

  static String sentence(boolean heap, long limit) {
    String size = String.format(Locale.ROOT, "%.1f GiB", (double) limit / GIB);
    String what =
        heap
            ? "the Java heap of " + size + " is full; give it more"
            : "tensors have filled the " + size + " they may take; allow more";
    String flag =
        heap
            ? "-Xmx8g"
            : "-Dorg.bytedeco.javacpp.maxbytes=8g -Dorg.bytedeco.javacpp.maxphysicalbytes=12g";
    String keys =
        heap ? "" : " where adapters are trained, set inner.memory.recompute=1 (docs/recipes.md),";
    return "out of memory: "
        + what
        + ", such as SEAL_JAVA_OPTS='"
        + flag
        + "',"
        + keys
        + " or take a smaller model, a smaller batch or fewer --workers";
  }

  /** The JVM says what is full; JavaCPP speaks of bytes. */
  private static boolean isOfTheHeap(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      boolean bytes =
          at instanceof OutOfMemoryError && String.valueOf(at.getMessage()).contains("Bytes");
      if (bytes || isOfLibnd4j(at)) {
        return false;
      }
    }
    return true;
  }

  /** An allocation that failed in native code comes as an ordinary exception. */
  private static boolean isOfLibnd4j(Throwable at) {
    return String.valueOf(at.getMessage()).contains("std::bad_alloc");
  }
}
