package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.synth.Component.Box;

/**
 * Inputs with a few objects that do not touch, on background.
 *
 * @param shapes what an object may be
 * @param min fewest objects, where there is room
 * @param max most objects
 * @param sameColor whether all objects have the colour of {@link Role#FROM}
 */
record ObjectScene(List<Shape> shapes, int min, int max, boolean sameColor)
    implements InputSampler {
  private static final int TRIES = 40;
  private static final int LARGEST = 5;
  private static final int FIRST = Role.FROM.place();

  /** The cells of an object within its box. */
  enum Shape {
    SOLID,
    OUTLINE,
    BLOB,
    PIXEL
  }

  ObjectScene {
    shapes = List.copyOf(shapes);
  }

  static ObjectScene of(int min, int max, Shape... shapes) {
    return new ObjectScene(List.of(shapes), min, max, false);
  }

  ObjectScene ofOneColor() {
    return new ObjectScene(shapes, min, max, true);
  }

  @Override
  public Grid sample(Rng rng, Palette palette, int height, int width) {
    int[][] rows = new int[height][width];
    List<Box> taken = new ArrayList<>();
    int count = rng.between(min, max);
    for (int i = 0; i < TRIES && taken.size() < count; i++) {
      Shape shape = rng.pick(shapes);
      Box box = box(rng, shape, height, width);
      if (taken.stream().noneMatch(box::touches)) {
        taken.add(box);
        // not the places of the colours that rules paint with
        int place = sameColor ? FIRST : rng.between(FIRST, Palette.SIZE - 1);
        draw(rng, rows, box, shape, palette.at(place));
      }
    }
    return Grid.of(rows);
  }

  private static Box box(Rng rng, Shape shape, int height, int width) {
    int least = shape == Shape.PIXEL ? 1 : shape == Shape.OUTLINE ? 3 : 2;
    int h = side(rng, least, height, shape);
    int w = side(rng, least, width, shape);
    int top = rng.nextInt(height - h + 1);
    int left = rng.nextInt(width - w + 1);
    return new Box(top, left, top + h, left + w);
  }

  private static int side(Rng rng, int least, int room, Shape shape) {
    int most = shape == Shape.PIXEL ? 1 : Math.min(LARGEST, room - 1);
    return Math.min(room, rng.between(least, Math.max(least, most)));
  }

  private static void draw(Rng rng, int[][] rows, Box box, Shape shape, int color) {
    for (int r = box.top(); r < box.bottom(); r++) {
      for (int c = box.left(); c < box.right(); c++) {
        boolean edge =
            r == box.top() || c == box.left() || r == box.bottom() - 1 || c == box.right() - 1;
        boolean inked = shape != Shape.BLOB && (shape != Shape.OUTLINE || edge);
        rows[r][c] = inked ? color : 0;
      }
    }
    if (shape == Shape.BLOB) {
      walk(rng, rows, box, color);
    }
  }

  /** A random walk inside the box: connected, of any form. */
  private static void walk(Rng rng, int[][] rows, Box box, int color) {
    int r = rng.between(box.top(), box.bottom() - 1);
    int c = rng.between(box.left(), box.right() - 1);
    int steps = (box.bottom() - box.top()) * (box.right() - box.left());
    for (int i = 0; i < steps; i++) {
      rows[r][c] = color;
      Direction d = rng.pick(List.of(Direction.values()));
      r = Math.min(box.bottom() - 1, Math.max(box.top(), r + d.dr));
      c = Math.min(box.right() - 1, Math.max(box.left(), c + d.dc));
    }
  }
}
