package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;

/** Rules that change colours where they stand. */
final class Colors {
  private static final CellNoise LOOSE = CellNoise.of(0.6);
  private static final CellNoise DENSE = CellNoise.of(0.8);

  private Colors() {}

  private interface Map {
    int color(int color, Palette p);
  }

  static List<Primitive> primitives() {
    List<Primitive> all = new ArrayList<>();
    all.add(mapped("fill", LOOSE, (v, p) -> v == 0 ? p.color(Role.FILL) : v));
    all.add(mapped("mask", LOOSE, (v, p) -> v == 0 ? 0 : p.color(Role.MASK)));
    all.add(mapped("invert", LOOSE, (v, p) -> v == 0 ? p.color(Role.FILL) : 0));
    // other colours are as frequent, so that "the task's colour" is not "the majority"
    CellNoise from = DENSE.withFocus(Role.FROM, Role.TO, Role.THIRD);
    all.add(mapped("recolour", from, (v, p) -> v == p.color(Role.FROM) ? p.color(Role.TO) : v));
    all.add(mapped("remove", from, (v, p) -> v == p.color(Role.FROM) ? 0 : v));
    all.add(mapped("keep", from, (v, p) -> v == p.color(Role.FROM) ? v : 0));
    all.add(mapped("swap", DENSE.withFocus(Role.FROM, Role.TO), Colors::swapped));
    all.add(mapped("cycle", DENSE.withFocus(Role.FROM, Role.TO, Role.THIRD), Colors::cycled));
    CellNoise few = DENSE.withColors(3);
    all.add(new Primitive("keep-majority", few, new CountRule(true, false)));
    all.add(new Primitive("remove-majority", few, new CountRule(true, true)));
    all.add(new Primitive("keep-minority", few, new CountRule(false, false)));
    return List.copyOf(all);
  }

  private static int swapped(int v, Palette p) {
    int from = p.color(Role.FROM);
    int to = p.color(Role.TO);
    return v == from ? to : v == to ? from : v;
  }

  private static int cycled(int v, Palette p) {
    if (v == p.color(Role.FROM)) {
      return p.color(Role.TO);
    }
    if (v == p.color(Role.TO)) {
      return p.color(Role.THIRD);
    }
    return v == p.color(Role.THIRD) ? p.color(Role.FROM) : v;
  }

  private static Primitive mapped(String name, CellNoise inputs, Map map) {
    return new Primitive(
        name,
        inputs,
        (in, palette) ->
            Grid.generate(in.height(), in.width(), (r, c) -> map.color(in.at(r, c), palette)));
  }
}
