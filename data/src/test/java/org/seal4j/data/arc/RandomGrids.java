package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;

/** Random grids and tasks for law tests; the root seed is printed and can be given. */
final class RandomGrids {
  private RandomGrids() {}

  /** The root of a test: {@code -Dseal.test.seed=...} or 1; printed for replay. */
  static Seeds seeds(String test) {
    return TestSeeds.of(test, 1);
  }

  static Grid grid(Rng rng, int maxHeight, int maxWidth) {
    return sized(rng, rng.between(1, maxHeight), rng.between(1, maxWidth));
  }

  static Grid sized(Rng rng, int height, int width) {
    return Grid.generate(height, width, (r, c) -> rng.nextInt(Grid.COLORS));
  }

  /** A task of same-sized grids. */
  static ArcTask task(Rng rng, int demonstrations, int height, int width) {
    List<GridPair> pairs = new ArrayList<>();
    for (int i = 0; i <= demonstrations; i++) {
      pairs.add(new GridPair(sized(rng, height, width), sized(rng, height, width)));
    }
    return new ArcTask("random", "random", pairs.subList(1, pairs.size()), pairs.get(0));
  }
}
