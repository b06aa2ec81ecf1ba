package org.seal4j.data.seed;

import java.nio.charset.StandardCharsets;

/**
 * A named tree of random seeds: one root seed per run, children by name and key, so that a result
 * depends on what is computed and never on the order or the thread in which it is computed.
 *
 * <pre>{@code
 * Rng rng = Seeds.of(42).child("inner", taskId, editIndex).rng();
 * }</pre>
 *
 * @param value the 64-bit seed of this node
 */
public record Seeds(long value) {

  /** The root of a run. */
  public static Seeds of(long rootSeed) {
    return new Seeds(mix(rootSeed));
  }

  /**
   * The child with this name and these keys. Keys are compared by their text, so {@code 3} and
   * {@code "3"} name the same child.
   */
  public Seeds child(String name, Object... keys) {
    long h = absorb(value, name);
    for (Object key : keys) {
      h = absorb(mix(h + 0x632BE59BD9B4E019L), String.valueOf(key));
    }
    return new Seeds(h);
  }

  /** A fresh generator at the start of this node's stream. */
  public Rng rng() {
    return new Rng(value);
  }

  private static long absorb(long state, String text) {
    long h = state;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      h = mix((h ^ (b & 0xff)) * 0x100000001B3L + 0x9E3779B97F4A7C15L);
    }
    return mix(h ^ text.length());
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
