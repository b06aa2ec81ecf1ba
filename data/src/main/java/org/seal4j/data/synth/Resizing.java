package org.seal4j.data.synth;

import java.util.List;
import java.util.function.Function;
import org.seal4j.data.arc.Augmenter;
import org.seal4j.data.arc.Augmenters;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.synth.Component.Box;

/** Rules whose output has another size: copies side by side, enlarging, halves, crops, frames. */
final class Resizing {
  private static final CellNoise DENSE = CellNoise.of(0.7);

  private Resizing() {}

  static List<Primitive> primitives() {
    return List.of(
        grown("copy-right", Augmenters.TILE_COLUMNS),
        grown("copy-down", Augmenters.TILE_ROWS),
        grown("copy-four", Augmenters.TILE_BOTH),
        grown("unfold-right", Augmenters.MIRROR_RIGHT),
        grown("unfold-down", Augmenters.MIRROR_BELOW),
        grown("unfold-left", Augmenters.MIRROR_LEFT),
        grown("unfold-up", Augmenters.MIRROR_ABOVE),
        grown("unfold-four", Augmenters.MIRROR_RIGHT.then(Augmenters.MIRROR_BELOW)),
        grown("enlarge2", Augmenters.DOUBLE_RESOLUTION),
        new Primitive("enlarge3", DENSE, Rule.plain(Resizing::enlarged)),
        // of an odd number of rows or columns the middle one is in neither half
        part("left-half", g -> new Box(0, 0, g.height(), g.width() / 2)),
        part("right-half", g -> new Box(0, g.width() - g.width() / 2, g.height(), g.width())),
        part("top-half", g -> new Box(0, 0, g.height() / 2, g.width())),
        part("bottom-half", g -> new Box(g.height() - g.height() / 2, 0, g.height(), g.width())),
        part("peel", Resizing::peeled),
        new Primitive("frame", DENSE, Resizing::framed),
        part("top-row", g -> new Box(0, 0, 1, g.width())),
        part("left-column", g -> new Box(0, 0, g.height(), 1)),
        new Primitive("corners", DENSE, Rule.plain(Resizing::corners)),
        new Primitive("overlay-halves", CellNoise.of(0.4), Rule.plain(Resizing::overlaid)));
  }

  private static Primitive grown(String name, Augmenter augmenter) {
    return new Primitive(name, DENSE, Rule.plain(augmenter::apply));
  }

  private static Primitive part(String name, Function<Grid, Box> part) {
    return new Primitive(name, DENSE, Rule.plain(grid -> part.apply(grid).of(grid)));
  }

  private static Grid enlarged(Grid in) {
    return Grid.generate(3 * in.height(), 3 * in.width(), (r, c) -> in.at(r / 3, c / 3));
  }

  /** Without the outermost ring; as it is where nothing would remain. */
  private static Box peeled(Grid in) {
    int ring = in.height() < 3 || in.width() < 3 ? 0 : 1;
    return new Box(ring, ring, in.height() - ring, in.width() - ring);
  }

  private static Grid framed(Grid in, Palette palette) {
    return Grid.generate(
        in.height() + 2,
        in.width() + 2,
        (r, c) -> in.holds(r - 1, c - 1) ? in.at(r - 1, c - 1) : palette.color(Role.PAINT));
  }

  private static Grid corners(Grid in) {
    return Grid.generate(2, 2, (r, c) -> in.at(r * (in.height() - 1), c * (in.width() - 1)));
  }

  /** The left half laid over the right half. */
  private static Grid overlaid(Grid in) {
    int half = in.width() - in.width() / 2;
    return Grid.generate(
        in.height(), in.width() / 2, (r, c) -> in.at(r, c) != 0 ? in.at(r, c) : in.at(r, c + half));
  }
}
