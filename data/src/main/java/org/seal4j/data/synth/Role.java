package org.seal4j.data.synth;

/** What a colour does in a rule. Each role has its own place in the {@link Palette}. */
public enum Role {
  /** Replaces the background. */
  FILL(0),
  /** Draws dots, lines and frames. */
  PAINT(1),
  /** Replaces every colour that is not background. */
  MASK(2),
  /** The colour a rule looks for. */
  FROM(3),
  /** The colour it becomes. */
  TO(4),
  /** The next colour of a cycle of three. */
  THIRD(5);

  private final int place;

  Role(int place) {
    this.place = place;
  }

  /** The place of this role's colour in a {@link Palette}, from 0. */
  int place() {
    return place;
  }
}
