package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.data.world.InventedWorld;
import org.seal4j.data.world.PersonPool;
import org.seal4j.data.world.Story;

/**
 * The sequences of a run. The pool is shuffled and split, and shuffled again only when too few
 * passages are left: sequences share no passage as long as that can be.
 *
 * @param sequences the stories of each, in the order in which they are trained on
 */
record SequencePlan(List<List<Story>> sequences) {
  SequencePlan {
    sequences = sequences.stream().map(List::copyOf).toList();
  }

  static SequencePlan of(InventedWorld world, SequencesKeys config, Seeds seeds) {
    PersonPool pool = PersonPool.valueOf(config.pool().name());
    int stories = world.stories(pool);
    Checks.require(
        config.passages() <= stories,
        "sequences.passages asks for %d passages but pool %s has %d",
        config.passages(),
        pool,
        stories);
    List<List<Story>> sequences = new ArrayList<>();
    int perShuffle = stories / config.passages();
    for (int s = 0; s < config.count(); s++) {
      int[] order = seeds.child("deal", s / perShuffle).rng().permutation(stories);
      List<Story> sequence = new ArrayList<>();
      for (int k = 0; k < config.passages(); k++) {
        sequence.add(world.story(pool, order[s % perShuffle * config.passages() + k]));
      }
      sequences.add(sequence);
    }
    return new SequencePlan(sequences);
  }

  String hash() {
    return PassageHash.sha256(
        sequences.stream().flatMap(List::stream).map(Story::passage).toList());
  }
}
