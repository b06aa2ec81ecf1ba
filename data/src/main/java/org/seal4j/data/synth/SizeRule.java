package org.seal4j.data.synth;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.seal4j.data.arc.Grid;

/**
 * Does something to the largest or the smallest object. Inputs in which that object is not unique
 * do not show the rule (there the first one counts), nor do inputs with fewer than two objects, or
 * three where keeping the largest would look like dropping the smallest.
 */
record SizeRule(boolean largest, Act act) implements Rule {

  /** What happens to the object. */
  enum Act {
    /** The output is its box, without anything else. */
    CROP,
    /** All others disappear. */
    KEEP,
    /** It disappears. */
    REMOVE,
    /** It takes the task's colour. */
    PAINT
  }

  @Override
  public Grid apply(Grid input, Palette palette) {
    List<Component> objects = Component.of(input);
    if (objects.isEmpty()) {
      return input;
    }
    Component chosen = chosen(objects);
    int width = input.width();
    boolean[] inside = new boolean[input.height() * width];
    chosen.cells().forEach(cell -> inside[cell] = true);
    boolean dropsOthers = act == Act.CROP || act == Act.KEEP;
    int color =
        act == Act.REMOVE ? 0 : act == Act.PAINT ? palette.color(Role.PAINT) : chosen.color();
    Grid whole =
        input.map((r, c) -> inside[r * width + c] ? color : dropsOthers ? 0 : input.at(r, c));
    return act == Act.CROP ? chosen.box(width).of(whole) : whole;
  }

  @Override
  public boolean shownBy(Grid input, Palette palette) {
    List<Component> objects = Component.of(input);
    int enough = act == Act.KEEP || act == Act.REMOVE ? 3 : 2;
    if (objects.size() < enough) {
      return false;
    }
    int size = chosen(objects).size();
    return objects.stream().filter(object -> object.size() == size).count() == 1
        && !apply(input, palette).equals(input);
  }

  /** The first of those with the greatest or the least size. */
  private Component chosen(List<Component> objects) {
    Comparator<Component> bySize = Comparator.comparingInt(Component::size);
    return Collections.max(objects, largest ? bySize : bySize.reversed());
  }
}
