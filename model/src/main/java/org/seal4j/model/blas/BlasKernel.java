package org.seal4j.model.blas;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of kernels of OpenBLAS for x86-64, named as OpenBLAS names it, and what a processor must
 * have to run it (the compiler flags that OpenBLAS 0.3.19 builds it with).
 */
public enum BlasKernel {
  /** Vectors of 512 bits. */
  SKYLAKEX("avx512f avx512cd avx512bw avx512dq avx512vl avx2 fma bmi1 bmi2"),
  /** SKYLAKEX with products of bfloat16. */
  COOPERLAKE("avx512f avx512cd avx512bw avx512dq avx512vl avx2 fma bmi1 bmi2 avx512_bf16"),
  /** Vectors of 256 bits. */
  HASWELL("avx2 fma"),
  /** The same products to the last bit as {@link #HASWELL}, under the name of another processor. */
  ZEN("avx2 fma"),
  /** Vectors of 256 bits, without fused multiplication and addition. */
  SANDYBRIDGE("avx"),
  /** Vectors of 128 bits. */
  NEHALEM("sse4_2"),
  /** Vectors of 128 bits, for every processor of 64 bits. */
  PRESCOTT("pni");

  private final String needs;

  BlasKernel(String needs) {
    this.needs = needs;
  }

  /**
   * The kernels to take: {@link #SKYLAKEX} or {@link #HASWELL}; empty where OpenBLAS had better
   * decide, because the processor has neither AVX-512 nor AVX2 or does not say what it has.
   */
  public static Optional<BlasKernel> bestFor(Processor processor) {
    if (SKYLAKEX.runsOn(processor)) {
      return Optional.of(SKYLAKEX);
    }
    return HASWELL.runsOn(processor) ? Optional.of(HASWELL) : Optional.empty();
  }

  /** The kernels of this name in any case of letters; empty for one that is not known here. */
  public static Optional<BlasKernel> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (BlasKernel kernel : values()) {
      if (kernel.name().equals(upper)) {
        return Optional.of(kernel);
      }
    }
    return Optional.empty();
  }

  /** Whether the processor has every instruction that these kernels use. */
  public boolean runsOn(Processor processor) {
    return missingOn(processor).isEmpty();
  }

  /** The flags that the processor lacks for these kernels, in order. */
  public Set<String> missingOn(Processor processor) {
    Set<String> missing = new TreeSet<>(List.of(needs.split(" ", -1)));
    missing.removeAll(processor.flags());
    return missing;
  }

  /** Whether two sets give every product the same bits (measured on OpenBLAS 0.3.19). */
  public static boolean sameBits(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(ZEN.name()) ? HASWELL.name() : upper;
  }
}
