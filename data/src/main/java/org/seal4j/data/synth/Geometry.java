package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules that move cells: flips, turns, shifts, reflections of a half. */
final class Geometry {
  private static final CellNoise DENSE = CellNoise.of(0.8);
  private static final CellNoise LOOSE = CellNoise.of(0.6);

  private Geometry() {}

  /** Where an output cell comes from, in a grid of {@code h} rows and {@code w} columns. */
  private interface Source {
    int color(Grid in, int r, int c);
  }

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    all.add(keepingSize("fliph", DENSE, (g, r, c) -> g.at(r, g.width() - 1 - c)));
    all.add(keepingSize("flipv", DENSE, (g, r, c) -> g.at(g.height() - 1 - r, c)));
    all.add(keepingSize("rot180", DENSE, (g, r, c) -> g.at(g.height() - 1 - r, g.width() - 1 - c)));
    all.add(turning("transpose", (g, r, c) -> g.at(c, r)));
    all.add(turning("antitranspose", (g, r, c) -> g.at(g.height() - 1 - c, g.width() - 1 - r)));
    all.add(turning("rot90", (g, r, c) -> g.at(g.height() - 1 - c, r)));
    all.add(turning("rot270", (g, r, c) -> g.at(c, g.width() - 1 - r)));
    for (Direction d : Direction.values()) {
      all.add(
          keepingSize("shift-" + d.label(), DENSE, (g, r, c) -> wrapped(g, r - d.dr, c - d.dc)));
      all.add(keepingSize("push-" + d.label(), DENSE, (g, r, c) -> padded(g, r - d.dr, c - d.dc)));
      all.add(keepingSize("mirror-" + d.label(), LOOSE, (g, r, c) -> reflected(g, r, c, d)));
      all.add(
          keepingSize(
              "skew-" + d.label(), DENSE, (g, r, c) -> wrapped(g, r - c * d.dr, c - r * d.dc)));
    }
    all.add(keepingSize("swaprows01", DENSE, (g, r, c) -> g.at(r < 2 ? 1 - r : r, c)));
    all.add(keepingSize("swapcols12", DENSE, (g, r, c) -> g.at(r, c == 1 || c == 2 ? 3 - c : c)));
    return List.copyOf(all);
  }

  /** The half on the side {@code d} becomes the mirror image of the other half. */
  private static int reflected(Grid g, int r, int c, Direction d) {
    int mr = d.dr == 0 ? r : g.height() - 1 - r;
    int mc = d.dc == 0 ? c : g.width() - 1 - c;
    boolean far = (r - mr) * d.dr + (c - mc) * d.dc > 0;
    return far ? g.at(mr, mc) : g.at(r, c);
  }

  private static int wrapped(Grid g, int r, int c) {
    return g.at(Math.floorMod(r, g.height()), Math.floorMod(c, g.width()));
  }

  private static int padded(Grid g, int r, int c) {
    boolean inside = r >= 0 && r < g.height() && c >= 0 && c < g.width();
    return inside ? g.at(r, c) : 0;
  }

  private static Primitive keepingSize(String name, CellNoise inputs, Source source) {
    Rule rule =
        (in, palette) -> Grid.generate(in.height(), in.width(), (r, c) -> source.color(in, r, c));
    return new Primitive(name, inputs, rule);
  }

  /** Height and width change places. */
  private static Primitive turning(String name, Source source) {
    Rule rule =
        (in, palette) ->
            Grid.generate(
                /* height= */ in.width(),
                /* width= */ in.height(),
                (r, c) -> source.color(in, r, c));
    return new Primitive(name, DENSE, rule);
  }
}
