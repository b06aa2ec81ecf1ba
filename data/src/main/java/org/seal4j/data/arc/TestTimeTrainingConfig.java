package org.seal4j.data.arc;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * How a task and the flags of a self-edit become a training set.
 *
 * @param schema what the flags mean
 * @param leaveOut how many demonstrations are left out of a pseudo-task, the pseudo-test included:
 *     1 uses all others as demonstrations, 2 all others but one
 * @param maxSide longest side of a grid in cells; larger results are dropped
 * @param cap most pseudo-tasks; a larger set is shuffled and cut
 * @param geometricCopies COMPACT, basic: how many size-keeping transforms are drawn
 * @param colorCopies COMPACT, color: number of colour permutations that are drawn
 * @param chainCopies COMPACT, chain: how many pairs of transform and permutation are drawn
 */
public record TestTimeTrainingConfig(
    AugmentationSchema schema,
    List<Integer> leaveOut,
    int maxSide,
    int cap,
    int geometricCopies,
    int colorCopies,
    int chainCopies) {
  public TestTimeTrainingConfig {
    leaveOut = List.copyOf(leaveOut);
    Checks.require(
        !leaveOut.isEmpty()
            && leaveOut.stream().allMatch(n -> n == 1 || n == 2)
            && leaveOut.stream().distinct().count() == leaveOut.size(),
        "leaveOut must list 1, 2 or both, each once, but was %s",
        leaveOut);
    Checks.require(maxSide >= 1, "maxSide must be >= 1 but was %d", maxSide);
    Checks.require(cap >= 1, "cap must be >= 1 but was %d; SEAL has 250", cap);
    if (geometricCopies < 0 || colorCopies < 0 || chainCopies < 0) {
      throw Checks.refuse(
          "numbers of copies must be >= 0 but were geometric %d, color %d, chain %d",
          geometricCopies, colorCopies, chainCopies);
    }
  }

  /** SEAL's set: leave one and two out, sides up to 30, at most 250 (docs/seal.md §3.3). */
  public static TestTimeTrainingConfig reference() {
    return new TestTimeTrainingConfig(
        AugmentationSchema.REFERENCE, List.of(1, 2), 30, 250, 0, 0, 0);
  }

  /** For small grids: leave one out, 2 transforms, 4 colour permutations, 2 chains. */
  public static TestTimeTrainingConfig compact() {
    return new TestTimeTrainingConfig(AugmentationSchema.COMPACT, List.of(1), 30, 250, 2, 4, 2);
  }
}
