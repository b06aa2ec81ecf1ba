package org.seal4j.data.synth;

import java.util.Locale;
import org.seal4j.data.arc.Grid;

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

  /** The first colour from this cell on, going against the direction; 0 where there is none. */
  int behind(Grid in, int row, int column) {
    int color = 0;
    for (int i = 0; color == 0 && in.holds(row - i * dr, column - i * dc); i++) {
      color = in.at(row - i * dr, column - i * dc);
    }
    return color;
  }
}
