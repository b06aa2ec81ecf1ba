package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/** The procedural grid tasks by {@link Pool}. */
public final class SynthTasks {
  /** Demonstrations of a task unless told otherwise. */
  public static final int DEMOS = 4;

  /** Grid size unless told otherwise. */
  public static final Layout LAYOUT = Layout.square(3);

  private SynthTasks() {}

  /** The families of a pool on 3 x 3 grids, in a fixed order. */
  public static List<Family> families(Pool pool) {
    return families(pool, LAYOUT);
  }

  /** The families of a pool on grids of these sizes; sides below 3 are refused. */
  public static List<Family> families(Pool pool, Layout layout) {
    Checks.require(
        layout.minHeight() >= 3 && layout.minWidth() >= 3,
        "pool families speak of three rows and columns; sides must be >= 3 but were %s",
        layout);
    return pool.families().stream().map(name -> Family.named(name, layout)).toList();
  }

  /**
   * {@code count} tasks of a pool with 4 demonstrations on 3 x 3 grids. Families take turns, ids
   * are {@code dev/flipv+fill/0003} with a running number per family; task {@code i} is the same
   * for every {@code count > i}.
   */
  public static List<ArcTask> sample(Pool pool, int count, Seeds seeds) {
    return sample(pool.label(), families(pool), DEMOS, count, seeds);
  }

  /** The same for any families; {@code label} is the first part of the ids. */
  public static List<ArcTask> sample(
      String label, List<Family> families, int demos, int count, Seeds seeds) {
    List<ArcTask> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Family family = families.get(i % families.size());
      String id = String.format("%s/%s/%04d", label, family.name(), i / families.size());
      tasks.add(family.task(seeds.child("synth", id).rng(), id, demos));
    }
    return List.copyOf(tasks);
  }
}
