package org.seal4j.data.synth;

import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.synth.Component.Box;

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
    if (act == Act.CROP) {
      Box box = chosen.box(width);
      return Grid.generate(
          box.bottom() - box.top(),
          box.right() - box.left(),
          (r, c) -> inside[(box.top() + r) * width + box.left() + c] ? chosen.color() : 0);
    }
    return Grid.generate(
        input.height(),
        width,
        (r, c) -> inside[r * width + c] ? ofChosen(chosen, palette) : ofOther(input.at(r, c)));
  }

  private int ofChosen(Component chosen, Palette palette) {
    return switch (act) {
      case PAINT -> palette.color(Role.PAINT);
      case REMOVE -> 0;
      default -> chosen.color();
    };
  }

  private int ofOther(int color) {
    return act == Act.KEEP ? 0 : color;
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

  private Component chosen(List<Component> objects) {
    Component best = objects.get(0);
    for (Component object : objects) {
      boolean better = largest ? object.size() > best.size() : object.size() < best.size();
      best = better ? object : best;
    }
    return best;
  }
}
