package org.seal4j.data.arc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * The catalogue of augmenters (docs/seal.md §3.3). Rotations are counter-clockwise, as in NumPy.
 * "Rows" are stacked from top to bottom, "columns" side by side.
 */
public final class Augmenters {
  /** Every grid as it is. */
  public static final Augmenter IDENTITY =
      Augmenter.invertible("identity", grid -> grid, grid -> grid);

  /** Counter-clockwise by 90 degrees; height and width change places. */
  public static final Augmenter ROTATE_90 =
      Augmenter.invertible("rotate-90", Augmenters::turnLeft, Augmenters::turnRight);

  /** By 180 degrees. */
  public static final Augmenter ROTATE_180 =
      Augmenter.invertible("rotate-180", Augmenters::turnRound, Augmenters::turnRound);

  /** Counter-clockwise by 270 degrees; height and width change places. */
  public static final Augmenter ROTATE_270 =
      Augmenter.invertible("rotate-270", Augmenters::turnRight, Augmenters::turnLeft);

  /** Upside down: the last row first. */
  public static final Augmenter FLIP_VERTICAL =
      Augmenter.invertible("flip-vertical", Augmenters::flipRows, Augmenters::flipRows);

  /** Left to right: the last column first. */
  public static final Augmenter FLIP_HORIZONTAL =
      Augmenter.invertible("flip-horizontal", Augmenters::flipColumns, Augmenters::flipColumns);

  /** Rows become columns; height and width change places. */
  public static final Augmenter TRANSPOSE =
      Augmenter.invertible("transpose", Augmenters::transpose, Augmenters::transpose);

  /** The grid, below it its mirror image; doubles the height. */
  public static final Augmenter MIRROR_BELOW =
      Augmenter.oneWay("mirror-below", g -> stack(g, flipRows(g)));

  /** The mirror image, below it the grid; doubles the height. */
  public static final Augmenter MIRROR_ABOVE =
      Augmenter.oneWay("mirror-above", g -> stack(flipRows(g), g));

  /** The grid, right of it its mirror image; doubles the width. */
  public static final Augmenter MIRROR_RIGHT =
      Augmenter.oneWay("mirror-right", g -> beside(g, flipColumns(g)));

  /** The mirror image, right of it the grid; doubles the width. */
  public static final Augmenter MIRROR_LEFT =
      Augmenter.oneWay("mirror-left", g -> beside(flipColumns(g), g));

  /** Every cell becomes 2 x 2 cells. */
  public static final Augmenter DOUBLE_RESOLUTION =
      Augmenter.oneWay("double-resolution", grid -> scale(grid, 2, 2));

  /** Every row twice. */
  public static final Augmenter DOUBLE_HEIGHT =
      Augmenter.oneWay("double-height", grid -> scale(grid, 2, 1));

  /** Every column twice. */
  public static final Augmenter DOUBLE_WIDTH =
      Augmenter.oneWay("double-width", grid -> scale(grid, 1, 2));

  /** The grid twice, one below the other. */
  public static final Augmenter TILE_ROWS = Augmenter.oneWay("tile-rows", g -> stack(g, g));

  /** The grid twice, side by side. */
  public static final Augmenter TILE_COLUMNS = Augmenter.oneWay("tile-columns", g -> beside(g, g));

  /** The grid four times, 2 x 2. */
  public static final Augmenter TILE_BOTH =
      Augmenter.oneWay("tile-both", g -> stack(beside(g, g), beside(g, g)));

  private static final List<Augmenter> GEOMETRIC =
      List.of(ROTATE_90, ROTATE_270, ROTATE_180, FLIP_VERTICAL, FLIP_HORIZONTAL, TRANSPOSE);

  private Augmenters() {}

  /** The six rigid ones, all with an inverse: three rotations, two flips, the transpose. */
  public static List<Augmenter> geometric() {
    return GEOMETRIC;
  }

  /** The basic group (11): the rigid ones, four mirror images, one random translation. */
  public static List<Augmenter> basic(Rng rng) {
    Stream<Augmenter> mirrors =
        Stream.of(MIRROR_BELOW, MIRROR_ABOVE, MIRROR_RIGHT, MIRROR_LEFT, translation(rng));
    return Stream.concat(GEOMETRIC.stream(), mirrors).toList();
  }

  /** The size group (3): twice the resolution, the height, the width. */
  public static List<Augmenter> size() {
    return List.of(DOUBLE_RESOLUTION, DOUBLE_HEIGHT, DOUBLE_WIDTH);
  }

  /** The chain group (6): each rigid one, then twice the resolution. */
  public static List<Augmenter> chain() {
    return GEOMETRIC.stream().map(rigid -> rigid.then(DOUBLE_RESOLUTION)).toList();
  }

  /** The repeat group (3): two tiles along the rows, along the columns, 2 x 2 tiles. */
  public static List<Augmenter> repeat() {
    return List.of(TILE_ROWS, TILE_COLUMNS, TILE_BOTH);
  }

  /**
   * A random shift with wrap-around, per axis uniform in {@code 0 .. min(4, side) - 1}. The same
   * two draws serve every grid of a task: grids of equal size move alike.
   */
  public static Augmenter translation(Rng rng) {
    double down = rng.nextDouble();
    double right = rng.nextDouble();
    return Augmenter.invertible(
        String.format(Locale.ROOT, "translate-%.2f-%.2f", down, right),
        grid -> roll(grid, shift(down, grid.height()), shift(right, grid.width())),
        grid -> roll(grid, -shift(down, grid.height()), -shift(right, grid.width())));
  }

  private static int shift(double draw, int side) {
    return (int) (draw * Math.min(4, side));
  }

  /**
   * Recolours with a map that is one to one.
   *
   * @param map {@code [10]}: the new colour of each colour; a permutation
   */
  public static Augmenter recolor(int[] map) {
    int[] forward = map.clone();
    Checks.require(
        map.length == Grid.COLORS && Arrays.stream(map).allMatch(c -> c >= 0 && c < Grid.COLORS),
        "a colour map needs 10 colours 0 to 9 but got %s",
        Arrays.toString(map));
    Checks.require(
        Arrays.stream(map).distinct().count() == Grid.COLORS,
        "a colour map must be a permutation of the 10 colours but was %s",
        Arrays.toString(map));
    int[] backward = new int[Grid.COLORS];
    StringBuilder name = new StringBuilder("recolor-");
    for (int color = 0; color < Grid.COLORS; color++) {
      backward[forward[color]] = color;
      name.append(forward[color]);
    }
    return Augmenter.invertible(name.toString(), g -> paint(g, forward), g -> paint(g, backward));
  }

  /** A random permutation of the colours 1 to 9; the background 0 stays. */
  public static Augmenter colorPermutation(Rng rng) {
    int[] order = rng.permutation(Grid.COLORS - 1);
    int[] map = new int[Grid.COLORS];
    Arrays.setAll(map, color -> color == 0 ? 0 : order[color - 1] + 1);
    return recolor(map);
  }

  private static Grid paint(Grid g, int[] map) {
    return g.map((r, c) -> map[g.at(r, c)]);
  }

  private static Grid turnLeft(Grid g) {
    return flipRows(transpose(g));
  }

  private static Grid turnRight(Grid g) {
    return flipColumns(transpose(g));
  }

  private static Grid turnRound(Grid g) {
    return flipRows(flipColumns(g));
  }

  private static Grid flipRows(Grid g) {
    return g.map((r, c) -> g.at(g.height() - 1 - r, c));
  }

  private static Grid flipColumns(Grid g) {
    return g.map((r, c) -> g.at(r, g.width() - 1 - c));
  }

  private static Grid transpose(Grid g) {
    return Grid.generate(/* height= */ g.width(), /* width= */ g.height(), (r, c) -> g.at(c, r));
  }

  private static Grid roll(Grid g, int down, int right) {
    return g.map(
        (r, c) -> g.at(Math.floorMod(r - down, g.height()), Math.floorMod(c - right, g.width())));
  }

  private static Grid scale(Grid g, int down, int right) {
    return Grid.generate(g.height() * down, g.width() * right, (r, c) -> g.at(r / down, c / right));
  }

  private static Grid stack(Grid top, Grid bottom) {
    return Grid.generate(
        top.height() + bottom.height(),
        top.width(),
        (r, c) -> r < top.height() ? top.at(r, c) : bottom.at(r - top.height(), c));
  }

  private static Grid beside(Grid left, Grid right) {
    return transpose(stack(transpose(left), transpose(right)));
  }
}
