package org.seal4j.model.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.seal4j.data.check.Checks;

/**
 * Reusable heap arrays for staging, one set per thread of execution. Slots are numbered by the
 * kernel that runs; contents do not survive from one kernel to the next.
 */
public final class Scratch {
  private static final String MODULE = "jdk.incubator.vector";

  private final Map<RopeTable.Key, RopeTable> rotations = new HashMap<>();
  private final Crew crew;
  private float[][] slots = new float[16][];

  /** Of a thread that computes alone. */
  public Scratch() {
    this(new Crew(1));
  }

  /**
   * Of a thread that shares work with others.
   *
   * @throws org.seal4j.data.check.InputException where this JVM runs without the module that the
   *     kernels are written with
   */
  public Scratch(Crew crew) {
    this.crew = crew;
    Checks.require(
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        "Seal4J computes with the Java module %s, which this JVM was started without; add"
            + " --add-modules=%s to the java command, or start with scripts/seal",
        MODULE,
        MODULE);
  }

  /** Who shares the work of a kernel. */
  Crew crew() {
    return crew;
  }

  /** The rotations by these frequencies, which are kept. */
  RopeTable rotations(RopeTable.Key key) {
    return rotations.computeIfAbsent(key, RopeTable::new);
  }

  /** An array of at least {@code size} floats for slot {@code slot}; contents undefined. */
  public float[] floats(int slot, int size) {
    if (slot >= slots.length) {
      slots = Arrays.copyOf(slots, slot + 8);
    }
    float[] held = slots[slot];
    if (held == null || held.length < size) {
      held = new float[Math.max(size, 1024)];
      slots[slot] = held;
    }
    return held;
  }
}
