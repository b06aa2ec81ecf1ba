package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * The set of {@link AugmentationSchema#COMPACT}: originals, then the copies of each tool, then the
 * second pass. Every tool draws from its own seed, so one flag never changes what another draws.
 */
final class CompactSet {
  private CompactSet() {}

  static Set<ArcTask> build(
      ArcTask task, AugmentationFlags flags, TestTimeTrainingConfig config, Seeds seeds) {
    Checks.require(
        !flags.size(),
        "the compact schema keeps the size of every grid and has no size augmentation; switch it off"
            + " or use the reference schema");
    List<ArcTask> originals = new ArrayList<>();
    config.leaveOut().forEach(count -> originals.addAll(LeaveOut.tasks(task, count)));
    Set<ArcTask> set = new LinkedHashSet<>(originals);
    for (Augmenter augmenter : augmenters(task, flags, config, seeds)) {
      originals.forEach(original -> set.add(augmenter.apply(original)));
    }
    if (flags.repeat()) {
      Rng rng = seeds.child("repeat").rng();
      for (ArcTask first : List.copyOf(set)) {
        set.add(DemonstrationOrder.changed(first, rng));
      }
    }
    return set;
  }

  private static List<Augmenter> augmenters(
      ArcTask task, AugmentationFlags flags, TestTimeTrainingConfig config, Seeds seeds) {
    List<Augmenter> all = new ArrayList<>();
    if (flags.basic()) {
      List<Augmenter> transforms = sizeKeeping(task);
      seeds.child("basic").rng().shuffle(transforms);
      all.addAll(transforms.subList(0, Math.min(config.geometricCopies(), transforms.size())));
    }
    if (flags.color()) {
      Rng rng = seeds.child("color").rng();
      for (int i = 0; i < config.colorCopies(); i++) {
        all.add(Augmenters.colorPermutation(rng));
      }
    }
    if (flags.chain()) {
      Rng rng = seeds.child("chain").rng();
      List<Augmenter> transforms = sizeKeeping(task);
      rng.shuffle(transforms);
      int copies = transforms.isEmpty() ? 0 : config.chainCopies();
      for (int i = 0; i < copies; i++) {
        Augmenter transform = transforms.get(i % transforms.size());
        all.add(transform.then(Augmenters.colorPermutation(rng)));
      }
    }
    return all;
  }

  /** The rigid transforms that keep every size and change at least one demonstration. */
  private static List<Augmenter> sizeKeeping(ArcTask task) {
    List<Augmenter> kept = new ArrayList<>();
    for (Augmenter transform : Augmenters.geometric()) {
      List<GridPair> changed = transform.apply(task.demonstrations());
      if (!changed.equals(task.demonstrations())
          && sizes(changed).equals(sizes(task.demonstrations()))) {
        kept.add(transform);
      }
    }
    return kept;
  }

  private static List<List<Integer>> sizes(List<GridPair> pairs) {
    return pairs.stream()
        .map(
            pair ->
                List.of(
                    pair.input().height(),
                    pair.input().width(),
                    pair.output().height(),
                    pair.output().width()))
        .toList();
  }
}
