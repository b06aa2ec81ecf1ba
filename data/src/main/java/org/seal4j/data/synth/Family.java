package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;

/**
 * A generator of tasks which share one rule and differ in their colours and inputs.
 *
 * <p>No task is degenerate: every pair shows the rule ({@link Rule#shownBy}), no output is of a
 * single colour, no two inputs are equal, and the hidden output is none of the outputs that the
 * demonstrations show, so that copying one is never right.
 *
 * @param name unique
 * @param rule behind all tasks of this family
 * @param inputs draws the inputs that suit the rule
 * @param layout their sizes
 */
public record Family(String name, Rule rule, InputSampler inputs, Layout layout) {
  private static final int PAIR_TRIES = 60;
  private static final int TASK_TRIES = 200;

  /** The family of a primitive or composition such as {@code flipv+fill}. */
  public static Family named(String name, Layout layout) {
    Primitive primitive = Catalogue.named(name);
    return new Family(name, primitive.rule(), primitive.inputs(), layout);
  }

  /**
   * A fresh task: a palette, {@code demos} worked pairs and one hidden pair.
   *
   * @throws org.seal4j.data.check.InputException if this layout leaves no room for such a task
   */
  public ArcTask task(Rng rng, String id, int demos) {
    Checks.require(demos >= 1, "task %s needs at least one demonstration but got %d", id, demos);
    for (int attempt = 0; attempt < TASK_TRIES; attempt++) {
      List<GridPair> pairs = pairs(rng, demos + 1);
      if (pairs.size() == demos + 1 && hiddenOutputIsNew(pairs)) {
        return new ArcTask(id, name, pairs.subList(0, demos), pairs.get(demos));
      }
    }
    throw Checks.refuse(
        "family %s found no task with %d demonstrations for %s; use larger grids or fewer"
            + " demonstrations",
        name, demos, layout);
  }

  /** Up to {@code count} pairs under one palette; fewer where luck ran out. */
  private List<GridPair> pairs(Rng rng, int count) {
    Palette palette = Palette.draw(rng);
    Layout sizes = layout.forTask(rng);
    List<GridPair> pairs = new ArrayList<>();
    Set<Grid> seen = new HashSet<>();
    for (int tries = PAIR_TRIES * count; tries > 0 && pairs.size() < count; tries--) {
      Grid input = sizes.sample(rng, palette, inputs);
      if (seen.contains(input) || !rule.shownBy(input, palette)) {
        continue;
      }
      Grid output = rule.apply(input, palette);
      if (!singleColored(output)) {
        seen.add(input);
        pairs.add(new GridPair(input, output));
      }
    }
    return pairs;
  }

  private static boolean hiddenOutputIsNew(List<GridPair> pairs) {
    Grid hidden = pairs.get(pairs.size() - 1).output();
    return pairs.stream().filter(pair -> pair.output().equals(hidden)).count() == 1;
  }

  private static boolean singleColored(Grid grid) {
    return grid.counts()[grid.at(0, 0)] == grid.height() * grid.width();
  }

  @Override
  public String toString() {
    return name;
  }
}
