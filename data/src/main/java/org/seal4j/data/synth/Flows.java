package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules that carry colours along a direction: gravity, and colours that spread over background. */
final class Flows {
  private static final CellNoise LOOSE = CellNoise.of(0.5);
  private static final CellNoise SPARSE = CellNoise.of(0.35);

  private Flows() {}

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    for (Direction d : Direction.values()) {
      all.add(new Primitive("gravity-" + d.label(), LOOSE, (in, palette) -> fall(in, d)));
      all.add(new Primitive("extend-" + d.label(), SPARSE, (in, palette) -> extend(in, d)));
    }
    return List.copyOf(all);
  }

  /** Coloured cells fall in the direction and keep their order. */
  private static Grid fall(Grid in, Direction d) {
    int[][] out = new int[in.height()][in.width()];
    boolean vertical = d.dr != 0;
    int lines = vertical ? in.width() : in.height();
    int length = vertical ? in.height() : in.width();
    boolean forward = d.dr + d.dc > 0;
    for (int line = 0; line < lines; line++) {
      int free = 0;
      for (int i = 0; i < length; i++) {
        int from = forward ? length - 1 - i : i;
        int color = vertical ? in.at(from, line) : in.at(line, from);
        if (color != 0) {
          int to = forward ? length - 1 - free : free;
          out[vertical ? to : line][vertical ? line : to] = color;
          free++;
        }
      }
    }
    return Grid.of(out);
  }

  /** A background cell takes the nearest colour against the direction. */
  private static Grid extend(Grid in, Direction d) {
    return Grid.generate(
        in.height(),
        in.width(),
        (r, c) -> {
          int y = r;
          int x = c;
          while (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
            if (in.at(y, x) != 0) {
              return in.at(y, x);
            }
            y -= d.dr;
            x -= d.dc;
          }
          return 0;
        });
  }
}
