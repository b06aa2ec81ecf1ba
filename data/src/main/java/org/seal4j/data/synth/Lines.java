package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules about one row or column, counted from the top or the left: repeat, copy, clear, keep. */
final class Lines {
  private static final CellNoise LOOSE = CellNoise.of(0.6);
  private static final int COUNT = 3;

  private Lines() {}

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int line = i;
      all.add(rule("row" + i, (g, r, c) -> g.at(line, c)));
      all.add(rule("col" + i, (g, r, c) -> g.at(r, line)));
      all.add(rule("clear-row" + i, (g, r, c) -> r == line ? 0 : g.at(r, c)));
      all.add(rule("clear-col" + i, (g, r, c) -> c == line ? 0 : g.at(r, c)));
      all.add(rule("keep-row" + i, (g, r, c) -> r == line ? g.at(r, c) : 0));
      all.add(rule("keep-col" + i, (g, r, c) -> c == line ? g.at(r, c) : 0));
      for (int j = 0; j < COUNT; j++) {
        int to = j;
        if (to != line) {
          all.add(rule("copyrow" + i + j, (g, r, c) -> g.at(r == to ? line : r, c)));
          all.add(rule("copycol" + i + j, (g, r, c) -> g.at(r, c == to ? line : c)));
        }
      }
    }
    return List.copyOf(all);
  }

  private interface Cell {
    int color(Grid in, int r, int c);
  }

  private static Primitive rule(String name, Cell cell) {
    return new Primitive(
        name,
        LOOSE,
        (in, palette) -> Grid.generate(in.height(), in.width(), (r, c) -> cell.color(in, r, c)));
  }
}
