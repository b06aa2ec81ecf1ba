package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
      Demonstrations task, AugmentationFlags flags, TestTimeTrainingConfig config, Seeds seeds) {
    Checks.require(
        !flags.size(),
        "the compact schema keeps the size of every grid and has no size augmentation; switch it"
            + " off or use the reference schema");
    List<ArcTask> originals = new ArrayList<>();
    config.leaveOut().forEach(count -> originals.addAll(LeaveOut.tasks(task, count)));
    Set<ArcTask> set = new LinkedHashSet<>(originals);
    for (Augmenter augmenter : augmenters(task, flags, config, seeds)) {
      originals.forEach(original -> set.add(augmenter.apply(original)));
    }
    if (flags.repeat()) {
      Rng rng = seeds.child("repeat").rng();
      for (ArcTask first : List.copyOf(set)) {
        set.add(first.reordered(otherOrder(first.demonstrations().size(), rng)));
      }
    }
    return set;
  }

  private static List<Augmenter> augmenters(
      Demonstrations task, AugmentationFlags flags, TestTimeTrainingConfig config, Seeds seeds) {
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
    List<Augmenter> transforms = flags.chain() ? sizeKeeping(task) : List.of();
    if (!transforms.isEmpty()) {
      Rng rng = seeds.child("chain").rng();
      rng.shuffle(transforms);
      for (int i = 0; i < config.chainCopies(); i++) {
        Augmenter transform = transforms.get(i % transforms.size());
        all.add(transform.then(Augmenters.colorPermutation(rng)));
      }
    }
    return all;
  }

  /** The rigid transforms that keep every size and change at least one demonstration. */
  private static List<Augmenter> sizeKeeping(Demonstrations task) {
    List<GridPair> pairs = task.pairs();
    List<Augmenter> kept = new ArrayList<>(Augmenters.geometric());
    kept.removeIf(
        move ->
            move.apply(pairs).equals(pairs) || !heights(move.apply(pairs)).equals(heights(pairs)));
    return kept;
  }

  /** A rigid transform that keeps the height of a grid keeps its width. */
  private static List<Integer> heights(List<GridPair> pairs) {
    return pairs.stream().flatMap(GridPair::grids).map(Grid::height).toList();
  }

  /** A uniform random order other than that of the numbers, unless there is just one. */
  private static int[] otherOrder(int count, Rng rng) {
    int[] own = IntStream.range(0, count).toArray();
    int[] order = rng.permutation(count);
    while (count > 1 && Arrays.equals(order, own)) {
      order = rng.permutation(count);
    }
    return order;
  }
}
