package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.synth.ObjectScene.Shape;
import org.seal4j.data.synth.SizeRule.Act;

/**
 * Tasks on grids of any size, for pretraining a small model before it meets real ARC tasks: the
 * primitives and some compositions on noise and on objects, rules that change the size, and rules
 * about objects. Sides of the outputs are up to three times those of the inputs.
 */
public final class TwoDimensional {

  private static final String ON_NOISE =
      """
      fliph flipv rot180 transpose antitranspose rot90 rot270
      shift-right shift-left shift-down shift-up push-right push-left push-down push-up
      mirror-right mirror-left mirror-down mirror-up
      gravity-right gravity-left gravity-down gravity-up
      extend-right extend-left extend-down extend-up
      row0 row1 col0 col1
      border dot paint-corners paint-diagonal clear-diagonal keep-diagonal
      fill mask invert recolour swap cycle remove keep keep-majority remove-majority
      fliph+fill shift-down+mask flipv+recolour gravity-down+fill transpose+border
      mirror-right+mirror-down
      """;

  private static final String ON_OBJECTS =
      """
      fliph flipv rot180 transpose push-right push-left push-down push-up
      mirror-right mirror-down gravity-down gravity-left fill mask fliph+mask push-down+fill
      """;

  private static final ObjectScene OBJECTS =
      ObjectScene.of(1, 4, Shape.SOLID, Shape.OUTLINE, Shape.BLOB, Shape.PIXEL);
  private static final ObjectScene PIXELS = ObjectScene.of(1, 3, Shape.PIXEL);
  private static final ObjectScene SOLIDS =
      ObjectScene.of(2, 4, Shape.SOLID, Shape.BLOB, Shape.PIXEL);
  private static final ObjectScene SPECKLED =
      ObjectScene.of(2, 6, Shape.SOLID, Shape.PIXEL, Shape.PIXEL);
  private static final ObjectScene OPEN = ObjectScene.of(1, 3, Shape.BLOB, Shape.OUTLINE);
  private static final ObjectScene DOTS = ObjectScene.of(2, 6, Shape.PIXEL).ofOneColor();

  private final Layout layout;
  private final List<Family> families = new ArrayList<>();

  private TwoDimensional(Layout layout) {
    this.layout = layout;
  }

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
    TwoDimensional all = new TwoDimensional(layout);
    all.onNoise();
    all.onObjects();
    return List.copyOf(all.families);
  }

  private void onNoise() {
    for (String name : ON_NOISE.strip().split("\\s+", -1)) {
      families.add(Family.named(name, layout));
    }
    for (Primitive p : Resizing.primitives()) {
      families.add(new Family(p.name(), p.rule(), p.inputs(), layout));
    }
  }

  private void onObjects() {
    for (String name : ON_OBJECTS.strip().split("\\s+", -1)) {
      add(name, OBJECTS, Catalogue.named(name).rule());
    }
    add("crop", SOLIDS, Rule.plain(ObjectRules::crop));
    add("crop-largest", SOLIDS, new SizeRule(true, Act.CROP));
    add("crop-smallest", SOLIDS, new SizeRule(false, Act.CROP));
    add("keep-largest", SOLIDS, new SizeRule(true, Act.KEEP));
    add("keep-smallest", SOLIDS, new SizeRule(false, Act.KEEP));
    add("drop-largest", SOLIDS, new SizeRule(true, Act.REMOVE));
    add("drop-smallest", SOLIDS, new SizeRule(false, Act.REMOVE));
    add("paint-largest", SOLIDS.ofOneColor(), new SizeRule(true, Act.PAINT));
    add("paint-smallest", SOLIDS.ofOneColor(), new SizeRule(false, Act.PAINT));
    add("fill-holes", ObjectScene.of(1, 3, Shape.OUTLINE), ObjectRules::fillHoles);
    add("halo", ObjectScene.of(1, 2, Shape.values()), ObjectRules::halo);
    add("hollow", ObjectScene.of(1, 3, Shape.SOLID), Rule.plain(ObjectRules::hollow));
    add("drop-specks", SPECKLED, Rule.plain(ObjectRules::withoutSpecks));
    add("paint-specks", SPECKLED, ObjectRules::paintSpecks);
    add("fill-boxes", OPEN, Rule.plain(ObjectRules::fillBoxes));
    add("connect", DOTS, Rule.plain(ObjectRules::connect));
    rays("extend-right", Direction.RIGHT);
    rays("extend-left", Direction.LEFT);
    rays("extend-down", Direction.DOWN);
    rays("extend-up", Direction.UP);
    rays("rows", Direction.RIGHT, Direction.LEFT);
    rays("columns", Direction.DOWN, Direction.UP);
    rays("crosses", Direction.DOWN, Direction.UP, Direction.RIGHT, Direction.LEFT);
  }

  private void add(String name, ObjectScene scene, Rule rule) {
    families.add(new Family("objects:" + name, rule, scene, layout));
  }

  private void rays(String name, Direction... directions) {
    add(name, PIXELS, Rule.plain(in -> ObjectRules.rays(in, directions)));
  }
}
