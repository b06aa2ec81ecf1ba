package org.seal4j.data.synth;

import java.util.Locale;

/** A direction on a grid as steps in rows and columns. */
enum Direction {
  RIGHT(0, 1),
  LEFT(0, -1),
  DOWN(1, 0),
  UP(-1, 0);

  final int dr;
  final int dc;

  Direction(int dr, int dc) {
    this.dr = dr;
    this.dc = dc;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
