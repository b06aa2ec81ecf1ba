package org.seal4j.data.synth;

import java.util.Arrays;
import java.util.List;
import org.seal4j.data.synth.StripType.RowRule;

/** One-row tasks that move, stretch or reflect an object. */
final class StripMoves {
  private static final int ANY_GAP = 100;

  private StripMoves() {}

  /** The types of 1D-ARC. */
  static List<StripType> arc() {
    return List.of(
        move("1d_move_1p", 1),
        move("1d_move_2p", 2),
        move("1d_move_3p", 3),
        toMarker("1d_move_dp"),
        towards("1d_move_2p_dp", 2),
        scale("1d_scale_dp"),
        mirror("1d_mirror"));
  }

  /** The same to the left, and more ways to move. */
  static List<StripType> beyond() {
    return List.of(
        move("move-4", 4),
        move("", 1).mirrored("move-left-1"),
        move("", 2).mirrored("move-left-2"),
        move("", 3).mirrored("move-left-3"),
        toMarker("").mirrored("move-left-dp"),
        scale("").mirrored("scale-left-dp"),
        mirror("").mirrored("mirror-left"),
        reachWall("reach-right"),
        reachWall("").mirrored("reach-left"),
        ray("ray-right"),
        ray("").mirrored("ray-left"),
        new StripType("reverse", 8, d -> d.oneObject(2, 0, 2), (row, p) -> StripType.reversed(row)),
        new StripType("compact-left", 10, d -> d.colorfulObjects(4), (row, p) -> compact(row)),
        new StripType("compact-right", 10, d -> d.colorfulObjects(4), (row, p) -> compact(row))
            .mirrored("compact-right"),
        new StripType("leave-marker", 8, d -> d.objectAndMarker(1, 3), (row, p) -> leave(row)),
        new StripType("swap-marker", 8, d -> d.objectAndMarker(1, ANY_GAP), (row, p) -> swap(row)));
  }

  private static StripType move(String name, int steps) {
    return new StripType(name, 8, d -> d.oneObject(2, 0, steps), (row, p) -> moved(row, steps));
  }

  private static int[] moved(int[] row, int steps) {
    int[] out = new int[row.length];
    for (Segment run : Segment.runs(row)) {
      run.moved(steps).paint(out, run.color());
    }
    return out;
  }

  /** The object moves until it touches the marker. */
  private static StripType toMarker(String name) {
    return new StripType(
        name,
        8,
        d -> d.objectAndMarker(1, ANY_GAP),
        (row, p) -> {
          Segment object = first(row);
          return withMarker(row, object.moved(last(row).from() - object.to()));
        });
  }

  /** The object moves some steps; in 1D-ARC that takes it to the marker. */
  private static StripType towards(String name, int steps) {
    return new StripType(
        name,
        8,
        d -> d.objectAndMarker(steps, steps),
        (row, p) -> withMarker(row, first(row).moved(steps)));
  }

  /** The object grows until it touches the marker. */
  private static StripType scale(String name) {
    return new StripType(
        name,
        8,
        d -> d.objectAndMarker(1, ANY_GAP),
        (row, p) -> {
          Segment object = first(row);
          return withMarker(row, new Segment(object.from(), last(row).from(), object.color()));
        });
  }

  /** The object goes to the other side of the marker. */
  private static StripType mirror(String name) {
    RowRule rule =
        (row, p) -> {
          int[] out = new int[row.length];
          int axis = last(row).from();
          for (int i = 0; i < row.length; i++) {
            int to = 2 * axis - i;
            if (row[i] != 0 && to >= 0 && to < row.length) {
              out[to] = row[i];
            }
          }
          return out;
        };
    return new StripType(name, 9, StripMoves::reflectable, rule);
  }

  private static int[] reflectable(StripDraw d) {
    int reach = d.rng().between(2, (d.width() - 1) / 2);
    int gap = d.rng().between(1, Math.min(4, reach - 1));
    int from = d.rng().nextInt(d.width() - 2 * reach);
    int[] row = new int[d.width()];
    new Segment(from, from + reach - gap, 0).paint(row, d.objectColor());
    row[from + reach] = d.marker();
    return row;
  }

  /** Objects with free cells on the right. */
  private static int[] leftmost(StripDraw d) {
    int free = d.rng().between(1, d.width() / 2);
    int[] row = new StripDraw(d.rng(), d.palette(), d.width() - free).colorfulObjects(4);
    return Arrays.copyOf(row, d.width());
  }

  /** All objects move together until the last one touches the wall. */
  private static StripType reachWall(String name) {
    RowRule rule = (row, p) -> moved(row, row.length - last(row).to());
    return new StripType(name, 8, StripMoves::leftmost, rule);
  }

  private static StripType ray(String name) {
    RowRule rule =
        (row, p) -> {
          int[] out = row.clone();
          new Segment(last(row).to(), row.length, 0).paint(out, last(row).color());
          return out;
        };
    return new StripType(name, 8, d -> d.shortObject(3, 1, 1), rule);
  }

  private static int[] compact(int[] row) {
    int[] out = new int[row.length];
    int free = 0;
    for (int color : row) {
      if (color != 0) {
        out[free] = color;
        free++;
      }
    }
    return out;
  }

  /** The object goes to the far wall, away from the marker. */
  private static int[] leave(int[] row) {
    return withMarker(row, first(row).moved(-first(row).from()));
  }

  /** Object and marker exchange their order and keep the cells they span. */
  private static int[] swap(int[] row) {
    int[] out = new int[row.length];
    Segment object = first(row);
    Segment marker = last(row);
    out[object.from()] = marker.color();
    object.moved(marker.to() - object.to()).paint(out, object.color());
    return out;
  }

  private static int[] withMarker(int[] row, Segment object) {
    int[] out = new int[row.length];
    object.paint(out, object.color());
    last(row).paint(out, last(row).color());
    return out;
  }

  private static Segment first(int[] row) {
    return Segment.runs(row).get(0);
  }

  private static Segment last(int[] row) {
    List<Segment> runs = Segment.runs(row);
    return runs.get(runs.size() - 1);
  }
}
