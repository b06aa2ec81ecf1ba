package org.seal4j.data.synth;

/** What a colour does in a rule. Each role has its own place in the {@link Palette}. */
public enum Role {
  /** Replaces the background. */
  FILL,
  /** Draws dots, lines and frames. */
  PAINT,
  /** Replaces every colour that is not background. */
  MASK,
  /** The colour a rule looks for. */
  FROM,
  /** The colour it becomes. */
  TO,
  /** The next colour of a cycle of three. */
  THIRD;

  /** The place of this role's colour in a {@link Palette}, from 0. */
  @SuppressWarnings("EnumOrdinal") // the order of the roles is that of a palette's colours
  int place() {
    return ordinal();
  }
}
