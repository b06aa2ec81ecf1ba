package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.seed.Seeds;

class PoolLeakTest {
  private static final long SEED = Long.getLong("seal.test.seed", 3);

  /** Share of single pairs; a task of five pairs is then alike with probability 0.4^5, 1 %. */
  private static final double TOLERATED_ACROSS_POOLS = 0.4;

  private static final double TOLERATED_WITHIN_A_POOL = 0.9;

  private record Pooled(Pool pool, Behaviour behaviour) {}

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  @Tag("slow")
  void no_two_families_behave_alike(int side) {
    List<Pooled> all = new ArrayList<>();
    for (Pool pool : Pool.values()) {
      SynthTasks.families(pool, Layout.square(side))
          .forEach(f -> all.add(new Pooled(pool, new Behaviour(f))));
    }
    List<String> alike = new ArrayList<>();
    for (Pooled a : all) {
      for (Pooled b : all) {
        double limit = a.pool == b.pool ? TOLERATED_WITHIN_A_POOL : TOLERATED_ACROSS_POOLS;
        double agreement = a == b ? 0 : a.behaviour.agreement(b.behaviour);
        if (agreement > limit) {
          alike.add(a.behaviour.family() + " as " + b.behaviour.family() + ": " + agreement);
        }
      }
    }
    assertThat(alike).isEmpty();
  }

  @Test
  void the_probes_see_through_names() {
    assertAlike("shift-right+shift-right", "shift-left");
    assertAlike("fill+fliph", "fliph+fill");
    assertAlike("mask+row1", "row1+mask");
    assertAlike("fliph+flipv", "rot180");
    assertAlike("copyrow02", "mirror-down");
  }

  private static void assertAlike(String a, String b) {
    Behaviour one = new Behaviour(Family.named(a, SynthTasks.LAYOUT));
    Behaviour two = new Behaviour(Family.named(b, SynthTasks.LAYOUT));
    assertThat(one.agreement(two)).as("%s as %s", a, b).isEqualTo(1.0);
  }

  @Test
  void no_pair_is_found_in_two_pools() {
    Map<String, Pool> owner = new HashMap<>();
    for (Pool pool : Pool.values()) {
      for (ArcTask task : SynthTasks.sample(pool, 3000, Seeds.of(SEED))) {
        List<GridPair> pairs = new ArrayList<>(task.demonstrations());
        pairs.add(task.test());
        for (GridPair pair : pairs) {
          assertThat(owner.put(pair.toString(), pool))
              .as("seed %d: %s", SEED, pair)
              .isIn(null, pool);
        }
      }
    }
  }
}
