package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;

/**
 * SEAL's recolouring of one task (docs/seal.md §3.3): the background 0 stays; each other used
 * colour is sent to a random unused colour, and when none are left it changes places with a random
 * used colour. One map serves all grids. The map only ever exchanges two colours, so it is its own
 * inverse.
 */
final class Recoloring {
  private Recoloring() {}

  static Augmenter draw(ArcTask task, Rng rng) {
    boolean[] seen = new boolean[Grid.COLORS];
    task.demonstrations().forEach(pair -> mark(pair, seen));
    mark(task.test(), seen);
    List<Integer> used = new ArrayList<>();
    List<Integer> unused = new ArrayList<>();
    for (int color = 1; color < Grid.COLORS; color++) {
      (seen[color] ? used : unused).add(color);
    }
    rng.shuffle(unused);
    List<Integer> partners = new ArrayList<>(used);
    rng.shuffle(partners);
    return Augmenters.recolor(exchange(used, unused, partners));
  }

  private static int[] exchange(List<Integer> used, List<Integer> unused, List<Integer> partners) {
    int[] map = new int[Grid.COLORS];
    boolean[] done = new boolean[Grid.COLORS];
    for (int color = 0; color < map.length; color++) {
      map[color] = color;
    }
    for (int color : used) {
      if (done[color]) {
        continue;
      }
      boolean swap = unused.isEmpty();
      int other = swap ? partners.remove(partners.size() - 1) : unused.remove(unused.size() - 1);
      if (swap) {
        partners.remove(Integer.valueOf(color));
      }
      map[map[other]] = map[other]; // as in SEAL, a colour sent to an unused one may be called back
      map[color] = other;
      map[other] = color;
      done[color] = true;
      done[other] = true;
    }
    return map;
  }

  private static void mark(GridPair pair, boolean[] seen) {
    mark(pair.input(), seen);
    mark(pair.output(), seen);
  }

  private static void mark(Grid grid, boolean[] seen) {
    for (int r = 0; r < grid.height(); r++) {
      for (int c = 0; c < grid.width(); c++) {
        seen[grid.at(r, c)] = true;
      }
    }
  }
}
