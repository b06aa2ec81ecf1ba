package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;
import org.seal4j.data.synth.ObjectScene.Shape;

/**
 * Tasks on grids of any size, for pretraining a small model before it meets real ARC tasks: the
 * primitives and some compositions on noise and on objects, rules that change the size, and rules
 * about objects. Sides of the outputs are up to three times those of the inputs.
 */
public final class TwoDimensional {

  private static final List<String> ON_NOISE =
      List.of(
          "fliph",
          "flipv",
          "rot180",
          "transpose",
          "antitranspose",
          "rot90",
          "rot270",
          "shift-right",
          "shift-left",
          "shift-down",
          "shift-up",
          "push-right",
          "push-left",
          "push-down",
          "push-up",
          "mirror-right",
          "mirror-left",
          "mirror-down",
          "mirror-up",
          "gravity-right",
          "gravity-left",
          "gravity-down",
          "gravity-up",
          "extend-right",
          "extend-left",
          "extend-down",
          "extend-up",
          "row0",
          "row1",
          "col0",
          "col1",
          "border",
          "dot",
          "paint-corners",
          "paint-diagonal",
          "clear-diagonal",
          "keep-diagonal",
          "fill",
          "mask",
          "invert",
          "recolour",
          "swap",
          "cycle",
          "remove",
          "keep",
          "keep-majority",
          "remove-majority",
          "fliph+fill",
          "shift-down+mask",
          "flipv+recolour",
          "gravity-down+fill",
          "transpose+border",
          "mirror-right+mirror-down");

  private static final ObjectScene OBJECTS =
      ObjectScene.of(1, 4, Shape.SOLID, Shape.OUTLINE, Shape.BLOB, Shape.PIXEL);

  private static final List<String> ON_OBJECTS =
      List.of(
          "fliph",
          "flipv",
          "rot180",
          "transpose",
          "push-right",
          "push-left",
          "push-down",
          "push-up",
          "mirror-right",
          "mirror-down",
          "gravity-down",
          "gravity-left",
          "fill",
          "mask",
          "fliph+mask",
          "push-down+fill");

  private record Scenery(String name, ObjectScene scene, Rule rule) {}

  private static final ObjectScene PIXELS = ObjectScene.of(1, 3, Shape.PIXEL);
  private static final ObjectScene SOLIDS =
      ObjectScene.of(2, 4, Shape.SOLID, Shape.BLOB, Shape.PIXEL);
  private static final ObjectScene SPECKLED =
      ObjectScene.of(2, 6, Shape.SOLID, Shape.PIXEL, Shape.PIXEL);

  private static final List<Scenery> SCENES =
      List.of(
          new Scenery("crop", SOLIDS, plain(ObjectRules::crop)),
          new Scenery("crop-largest", SOLIDS, new SizeRule(true, SizeRule.Act.CROP)),
          new Scenery("crop-smallest", SOLIDS, new SizeRule(false, SizeRule.Act.CROP)),
          new Scenery("keep-largest", SOLIDS, new SizeRule(true, SizeRule.Act.KEEP)),
          new Scenery("keep-smallest", SOLIDS, new SizeRule(false, SizeRule.Act.KEEP)),
          new Scenery("drop-largest", SOLIDS, new SizeRule(true, SizeRule.Act.REMOVE)),
          new Scenery("drop-smallest", SOLIDS, new SizeRule(false, SizeRule.Act.REMOVE)),
          new Scenery("paint-largest", SOLIDS.ofOneColor(), new SizeRule(true, SizeRule.Act.PAINT)),
          new Scenery(
              "paint-smallest", SOLIDS.ofOneColor(), new SizeRule(false, SizeRule.Act.PAINT)),
          new Scenery("fill-holes", ObjectScene.of(1, 3, Shape.OUTLINE), ObjectRules::fillHoles),
          new Scenery("halo", ObjectScene.of(1, 2, Shape.values()), ObjectRules::halo),
          new Scenery("hollow", ObjectScene.of(1, 3, Shape.SOLID), plain(ObjectRules::hollow)),
          new Scenery("drop-specks", SPECKLED, plain(ObjectRules::withoutSpecks)),
          new Scenery("paint-specks", SPECKLED, ObjectRules::paintSpecks),
          new Scenery(
              "fill-boxes",
              ObjectScene.of(1, 3, Shape.BLOB, Shape.OUTLINE),
              plain(ObjectRules::fillBoxes)),
          new Scenery(
              "connect",
              ObjectScene.of(2, 6, Shape.PIXEL).ofOneColor(),
              plain(ObjectRules::connect)),
          new Scenery("extend-right", PIXELS, Catalogue.named("extend-right").rule()),
          new Scenery("extend-left", PIXELS, Catalogue.named("extend-left").rule()),
          new Scenery("extend-down", PIXELS, Catalogue.named("extend-down").rule()),
          new Scenery("extend-up", PIXELS, Catalogue.named("extend-up").rule()),
          rays("rows", Direction.RIGHT, Direction.LEFT),
          rays("columns", Direction.DOWN, Direction.UP),
          rays("crosses", Direction.DOWN, Direction.UP, Direction.RIGHT, Direction.LEFT));

  private TwoDimensional() {}

  /** All families, in a fixed order; sides are at least 3 and may be 6. */
  public static List<Family> families(Layout layout) {
    Checks.require(
        layout.minHeight() >= 3
            && layout.minWidth() >= 3
            && layout.maxHeight() >= 6
            && layout.maxWidth() >= 6,
        "two-dimensional families need sides >= 3, and up to 6 or more for three objects, but got"
            + " %s",
        layout);
    List<Family> all = new ArrayList<>();
    for (String name : ON_NOISE) {
      all.add(Family.named(name, layout));
    }
    for (Primitive p : Resizing.primitives()) {
      all.add(new Family(p.name(), p.rule(), p.inputs(), layout));
    }
    for (String name : ON_OBJECTS) {
      Rule rule = Catalogue.named(name).rule();
      all.add(new Family("objects:" + name, rule, OBJECTS, layout));
    }
    for (Scenery s : SCENES) {
      all.add(new Family("objects:" + s.name, s.rule, s.scene, layout));
    }
    return List.copyOf(all);
  }

  private static Scenery rays(String name, Direction... directions) {
    List<Direction> all = List.of(directions);
    return new Scenery(name, PIXELS, (in, palette) -> ObjectRules.rays(in, all));
  }

  private static Rule plain(UnaryOperator<Grid> rule) {
    return (in, palette) -> rule.apply(in);
  }
}
