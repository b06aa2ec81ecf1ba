package org.seal4j.data.seed;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A small deterministic random number generator: xoshiro256++ (Blackman and Vigna, 2019), seeded
 * through SplitMix64. The stream depends on the seed alone, on every JDK and machine. Not
 * thread-safe: make one per task from a named {@link Seeds} child.
 */
public final class Rng {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long s0;
  private long s1;
  private long s2;
  private long s3;

  Rng(long seed) {
    long state = seed;
    s0 = Seeds.mix(state += GOLDEN);
    s1 = Seeds.mix(state += GOLDEN);
    s2 = Seeds.mix(state += GOLDEN);
    s3 = Seeds.mix(state + GOLDEN);
  }

  /** The next 64 random bits. */
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  /** A uniform integer in {@code [0, bound)}, without modulo bias. */
  public int nextInt(int bound) {
    Checks.require(bound > 0, "random bound must be > 0 but was %d", bound);
    long limit = (1L << 32) - (1L << 32) % bound;
    long bits = nextLong() >>> 32;
    while (bits >= limit) {
      bits = nextLong() >>> 32;
    }
    return (int) (bits % bound);
  }

  /** A uniform integer in {@code [from, to]}, both ends included. */
  public int between(int from, int to) {
    return from + nextInt(to - from + 1);
  }

  /** A fair coin. */
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** A uniform double in {@code [0, 1)} with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A standard normal draw (Box-Muller; two uniforms per draw, none kept). */
  public double nextGaussian() {
    double u = 1.0 - nextDouble();
    double v = nextDouble();
    return StrictMath.sqrt(-2.0 * StrictMath.log(u)) * StrictMath.cos(2.0 * Math.PI * v);
  }

  /** One element of a non-empty list, uniformly. */
  public <T> T pick(List<T> items) {
    return items.get(nextInt(items.size()));
  }

  /** Shuffles a mutable list in place (Fisher-Yates). */
  public <T> void shuffle(List<T> items) {
    for (int i = items.size() - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      T held = items.get(i);
      items.set(i, items.get(j));
      items.set(j, held);
    }
  }

  /** A uniform random permutation of {@code 0 .. n-1}. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}
