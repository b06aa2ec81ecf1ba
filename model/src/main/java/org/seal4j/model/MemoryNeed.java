package org.seal4j.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.seal4j.data.check.Checks;

/**
 * Memory off the heap that something will take, held against what this process may have, before any
 * of it is allocated.
 *
 * @param bytes as far as it can be told beforehand; a double, since sizes of a configuration can
 *     multiply beyond a long
 */
public record MemoryNeed(double bytes) {
  /** Of the weights of a model, in float32. */
  public static MemoryNeed ofWeights(ModelConfig config) {
    return new MemoryNeed(Float.BYTES * parameters(config));
  }

  /** How many parameters a model has, without a list of their names. */
  public static double parameters(ModelConfig config) {
    double one = sum(WeightNames.shapes(config.withLayers(1)));
    double two = sum(WeightNames.shapes(config.withLayers(2)));
    return one + (config.layers() - 1.0) * (two - one);
  }

  private static double sum(Map<String, long[]> shapes) {
    return shapes.values().stream()
        .mapToDouble(shape -> Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b))
        .sum();
  }

  /**
   * Refuses where it is not there.
   *
   * @param what takes the memory, such as "the model's weights"
   */
  public void require(String what) {
    require(what, "make the model or the batch smaller");
  }

  /**
   * The same with advice.
   *
   * @param less how to take less memory
   */
  public void require(String what, String less) {
    check(what, less, Pointer.totalBytes(), Pointer.maxBytes());
    check(what, less, Pointer.physicalBytes(), Pointer.maxPhysicalBytes());
  }

  /**
   * The same for memory of the Java heap.
   *
   * @param what takes the memory
   */
  public void requireHeap(String what) {
    requireHeap(what, "ask for less");
  }

  /**
   * The same with advice.
   *
   * @param less how to take less memory
   */
  public void requireHeap(String what, String less) {
    double limit = Runtime.getRuntime().maxMemory();
    Checks.require(
        bytes <= limit,
        "%s take %s of the Java heap, which may have %s; %s, or allow more, such as"
            + " SEAL_JAVA_OPTS=-Xmx8g",
        what,
        text(bytes),
        text(limit),
        less);
  }

  private void check(String what, String less, long used, long limit) {
    Checks.require(
        limit <= 0 || bytes + used <= limit,
        "%s take %s of memory, and this process uses %s of the %s that it may; %s, or"
            + " allow more, such as"
            + " SEAL_JAVA_OPTS='-Dorg.bytedeco.javacpp.maxbytes=16g"
            + " -Dorg.bytedeco.javacpp.maxphysicalbytes=20g'",
        what,
        text(bytes),
        text((double) used),
        text((double) limit),
        less);
  }

  /** A size as a person says it: {@code 340 MiB}, {@code 2.5 GiB}. */
  public static String text(double bytes) {
    double gib = bytes / (1L << 30);
    double mib = bytes / (1 << 20);
    if (mib < 10) {
      return String.format(Locale.ROOT, "%.1f MiB", mib);
    }
    if (gib < 1) {
      return String.format(Locale.ROOT, "%.0f MiB", mib);
    }
    return gib < 100
        ? String.format(Locale.ROOT, "%.1f GiB", gib)
        : String.format(Locale.ROOT, "%,.0f GiB", gib);
  }
}
