package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * The set of {@link AugmentationSchema#REFERENCE}, docs/seal.md §3.3: for each number left out the
 * originals and every selected augmenter on each of them; then once more all of these in a random
 * demonstration order, recoloured where an augmenter is on.
 */
final class ReferenceSet {
  private ReferenceSet() {}

  static Set<ArcTask> build(
      Demonstrations task, AugmentationFlags flags, TestTimeTrainingConfig config, Seeds seeds) {
    Checks.require(
        !flags.color(),
        "the reference schema recolours whenever an augmentation is on and has no color flag;"
            + " switch it off or use the compact schema");
    List<Augmenter> augmenters = augmenters(flags, seeds);
    Set<ArcTask> set = new LinkedHashSet<>();
    for (int count : config.leaveOut()) {
      Set<ArcTask> made = new LinkedHashSet<>(LeaveOut.tasks(task, count));
      List<ArcTask> originals = List.copyOf(made);
      for (Augmenter augmenter : augmenters) {
        originals.forEach(original -> made.add(augmenter.apply(original)));
      }
      Rng rng = seeds.child("recolor", count).rng();
      for (ArcTask first : List.copyOf(made)) {
        ArcTask colored = augmenters.isEmpty() ? first : Recoloring.draw(first, rng).apply(first);
        made.add(colored.reordered(rng.permutation(colored.demonstrations().size())));
      }
      set.addAll(made);
    }
    return set;
  }

  private static List<Augmenter> augmenters(AugmentationFlags flags, Seeds seeds) {
    List<Augmenter> all = new ArrayList<>();
    Rng rng = seeds.child("translation").rng();
    all.addAll(flags.basic() ? Augmenters.basic(rng) : List.of());
    all.addAll(flags.size() ? Augmenters.size() : List.of());
    all.addAll(flags.chain() ? Augmenters.chain() : List.of());
    all.addAll(flags.repeat() ? Augmenters.repeat() : List.of());
    return all;
  }
}
