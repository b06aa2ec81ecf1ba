package org.seal4j.model.blas;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * The choice of OpenBLAS's kernels for this process. It has to be made before ND4J is loaded, and
 * counts for the whole process. The variable {@value #VARIABLE} of the user wins; else a run that
 * goes on takes the kernels it was begun with; else the flags of the processor decide ({@link
 * BlasKernel#bestFor}).
 */
public final class KernelChoice {
  /** The variable by which OpenBLAS is told; a user's own value wins. */
  public static final String VARIABLE = "OPENBLAS_CORETYPE";

  /** What {@link #inUse} says where neither OpenBLAS nor the choice does. */
  public static final String UNKNOWN = "unknown";

  private static @Nullable KernelChoice made;

  private final String wanted;
  private final boolean set;

  /**
   * @param wanted name of the kernels; empty where OpenBLAS decides
   * @param set whether OpenBLAS will be told or was told
   */
  private KernelChoice(String wanted, boolean set) {
    this.wanted = wanted;
    this.set = set;
  }

  /**
   * Makes the choice if nobody has yet. Every class of Seal4J that loads ND4J calls it first; a
   * program that uses ND4J before Seal4J should call it at its start.
   */
  public static synchronized void make() {
    if (made == null) {
      String own = own(System.getenv(VARIABLE));
      made =
          own.isEmpty()
              ? tell(BlasKernel.bestFor(Processor.here()).map(Enum::name).orElse(""))
              : new KernelChoice(own, true);
    }
  }

  /**
   * Takes the kernels that a run was begun with.
   *
   * @param recorded their name as {@link #inUse} gave it
   * @return whether this process has them or will have them; if not, only a new process with {@link
   *     #VARIABLE} can
   * @throws org.seal4j.data.check.InputException where the user's own setting contradicts or the
   *     processor cannot run them
   */
  public static synchronized boolean take(String recorded) {
    requirePossible(recorded, own(System.getenv(VARIABLE)), Processor.here());
    if (OpenBlas.isLoaded()) {
      return BlasKernel.sameBits(recorded, inUse());
    }
    if (own(System.getenv(VARIABLE)).isEmpty()) {
      made = tell(recorded);
    }
    return made == null || made.set;
  }

  /**
   * Refuses kernels that this process may not have.
   *
   * @param recorded name of the kernels of a run
   * @param own the user's setting; empty for none
   */
  static void requirePossible(String recorded, String own, Processor processor) {
    Checks.require(
        own.isEmpty() || BlasKernel.sameBits(own, recorded),
        "the run was begun with the kernels %s of OpenBLAS, but %s is '%s', which gives other bits;"
            + " unset it to resume the run",
        recorded,
        VARIABLE,
        own);
    BlasKernel.named(recorded)
        .ifPresent(
            kernel ->
                Checks.require(
                    kernel.runsOn(processor),
                    "the run was begun with the kernels %s of OpenBLAS, which this processor (%s)"
                        + " cannot run: it lacks %s; resume it on a processor that has them, or"
                        + " start a new run",
                    kernel,
                    processor.model(),
                    kernel.missingOn(processor)));
  }

  /** The user's setting; a blank one is none. */
  static String own(@Nullable String variable) {
    return variable == null ? "" : variable.strip();
  }

  private static KernelChoice tell(String name) {
    return new KernelChoice(name, name.isEmpty() || NativeVariable.set(VARIABLE, name));
  }

  /**
   * The kernels in use, such as {@code HASWELL}: asked from OpenBLAS, else as it was told; {@link
   * #UNKNOWN} where neither says. Call it when ND4J is loaded.
   */
  public static synchronized String inUse() {
    return OpenBlas.kernels()
        .orElseGet(
            () ->
                made == null || made.wanted.isEmpty() || !made.set
                    ? UNKNOWN
                    : made.wanted.toUpperCase(Locale.ROOT));
  }

  /**
   * What is lost where the choice came too late or could not be made: one sentence with what to do.
   * Empty where the kernels in use are those that were chosen, or give the same bits.
   */
  public static synchronized Optional<String> loss() {
    make();
    KernelChoice choice = made;
    return choice == null ? Optional.empty() : choice.loss(inUse());
  }

  private Optional<String> loss(String inUse) {
    return inUse.equals(UNKNOWN) && set
        ? Optional.empty()
        : loss(wanted, inUse, own(System.getenv(VARIABLE)));
  }

  static Optional<String> loss(String wanted, String inUse, String own) {
    if (wanted.isEmpty() || BlasKernel.sameBits(wanted, inUse)) {
      return Optional.empty();
    }
    if (!own.isEmpty()) {
      return Optional.of(
          "%s is '%s', but OpenBLAS took its kernels '%s'; unset it, or name one of %s"
              .formatted(VARIABLE, own, inUse, Arrays.toString(BlasKernel.values())));
    }
    return Optional.of(
        ("OpenBLAS multiplies matrices with its kernels '%s' where '%s' were chosen: at another"
                + " speed, and with other last bits; start Java with %s=%s in its environment, or"
                + " call KernelChoice.make() before anything uses ND4J")
            .formatted(inUse, wanted, VARIABLE, wanted));
  }
}
