package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    List<Integer> used = new ArrayList<>();
    List<Integer> unused = new ArrayList<>();
    for (int i = 1; i < Grid.COLORS; i++) {
      int color = i;
      boolean seen = task.grids().anyMatch(grid -> grid.counts()[color] > 0);
      (seen ? used : unused).add(color);
    }
    rng.shuffle(unused);
    List<Integer> partners = new ArrayList<>(used);
    rng.shuffle(partners);
    return Augmenters.recolor(exchange(used, unused, partners));
  }

  private static int[] exchange(List<Integer> used, List<Integer> unused, List<Integer> partners) {
    int[] map = IntStream.range(0, Grid.COLORS).toArray();
    boolean[] done = new boolean[Grid.COLORS];
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
}
