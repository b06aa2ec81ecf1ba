package org.seal4j.rl.grid;

import org.seal4j.data.arc.AugmentationFlags;

/** A data tool that a schema may offer; each is one flag of a {@link FewShotEdit}. */
public enum Tool {
  BASIC("basic"),
  SIZE("size"),
  CHAIN("chain"),
  REPEAT("repeat"),
  /**
   * Differs from SEAL: there recolouring happens once whenever any augmenter is on; a schema that
   * offers this tool makes it a choice of its own.
   */
  COLOR("color");

  private final String symbol;

  Tool(String symbol) {
    this.symbol = symbol;
  }

  /** The key in JSON. */
  public String key() {
    return "use_" + symbol + "_augmentations";
  }

  /** The short name inside a configuration symbol. */
  String symbol() {
    return symbol;
  }

  /** Whether this tool is switched on. */
  boolean in(AugmentationFlags flags) {
    return switch (this) {
      case BASIC -> flags.basic();
      case SIZE -> flags.size();
      case CHAIN -> flags.chain();
      case REPEAT -> flags.repeat();
      case COLOR -> flags.color();
    };
  }
}
