package org.seal4j.model.graph;

import org.seal4j.data.check.Checks;

/**
 * How rotary frequencies are lowered for texts longer than those of the first training, as {@code
 * rope_scaling} of Hugging Face configurations says.
 *
 * @param kind the rule
 * @param factor what low frequencies are divided by
 * @param lowFrequencyFactor wavelengths above {@code originalContext / lowFrequencyFactor} are
 *     scaled in full; {@link Kind#LLAMA3} alone
 * @param highFrequencyFactor wavelengths below {@code originalContext / highFrequencyFactor} are
 *     kept, those between are blended; {@link Kind#LLAMA3} alone
 * @param originalContext tokens of the first training's texts; {@link Kind#LLAMA3} alone
 */
public record RopeScaling(
    Kind kind,
    double factor,
    double lowFrequencyFactor,
    double highFrequencyFactor,
    int originalContext) {

  /** The rules. */
  public enum Kind {
    /** Frequencies stay as they are. */
    NONE,
    /** Every frequency is divided by the factor (Chen et al. 2023, position interpolation). */
    LINEAR,
    /** Low frequencies are divided, high ones kept (Llama 3.1 model card). */
    LLAMA3
  }

  public RopeScaling {
    Checks.require(factor >= 1, "rope scaling's factor must be >= 1 but was %s", factor);
    Checks.require(
        kind != Kind.LLAMA3
            || (lowFrequencyFactor > 0
                && highFrequencyFactor > lowFrequencyFactor
                && originalContext >= 1),
        "rope scaling llama3 needs 0 < low_freq_factor < high_freq_factor and"
            + " original_max_position_embeddings >= 1 but they are %s, %s and %d",
        lowFrequencyFactor,
        highFrequencyFactor,
        originalContext);
  }

  /** Frequencies stay as they are. */
  public static RopeScaling none() {
    return new RopeScaling(Kind.NONE, 1, 1, 1, 0);
  }

  /** Every frequency is divided by the factor. */
  public static RopeScaling linear(double factor) {
    return new RopeScaling(Kind.LINEAR, factor, 1, 1, 0);
  }

  /** The rule of Llama 3.1; see the components. */
  public static RopeScaling llama3(double factor, double low, double high, int originalContext) {
    return new RopeScaling(Kind.LLAMA3, factor, low, high, originalContext);
  }

  /** The frequency that takes the place of this one, in radians per position. */
  double apply(double frequency) {
    return switch (kind) {
      case NONE -> frequency;
      case LINEAR -> frequency / factor;
      case LLAMA3 -> {
        double turns = originalContext * frequency / (2 * StrictMath.PI);
        double kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
        kept = Math.min(1, Math.max(0, kept));
        yield (1 - kept) * frequency / factor + kept * frequency;
      }
    };
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return ("RopeScaling[kind=%s, factor=%s, lowFrequencyFactor=%s, highFrequencyFactor=%s, "
            + "originalContext=%s]")
        .formatted(kind, factor, lowFrequencyFactor, highFrequencyFactor, originalContext);
  }
}
