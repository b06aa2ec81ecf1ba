package org.seal4j.rl.grid;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.OpenTask;

/**
 * A task before its adapters are trained: what the policy wrote for it.
 *
 * @param task with its test grids
 * @param misfits why a test grid cannot be asked for, by its place; empty where it can
 * @param edits what the policy wrote, the most likely one first; none where no grid can be asked
 *     for
 */
public record PlannedTask(OpenTask task, List<Optional<String>> misfits, List<Edit> edits) {
  public PlannedTask {
    misfits = List.copyOf(misfits);
    edits = List.copyOf(edits);
  }

  /**
   * One self-edit of the policy.
   *
   * @param edit as it is applied
   * @param json its form in SEAL's data (docs/seal.md §3.2)
   * @param choices its choices, each with what else could have been chosen
   * @param sampled whether it was drawn by chance; else each choice is the most likely one
   * @param steps optimizer steps it will be trained for
   * @param tokens that its training reads
   */
  public record Edit(
      FewShotEdit edit,
      String json,
      List<EditChoice> choices,
      boolean sampled,
      long steps,
      long tokens) {
    public Edit {
      choices = List.copyOf(choices);
    }

    /** How likely the policy was to write it. */
    public double probability() {
      return choices.stream()
          .mapToDouble(EditChoice::probability)
          .reduce(1, (all, one) -> all * one);
    }
  }

  /** Steps of all its trainings. */
  public long steps() {
    return edits.stream().mapToLong(Edit::steps).sum();
  }

  /** Tokens that all its trainings read. */
  public long tokens() {
    return edits.stream().mapToLong(Edit::tokens).sum();
  }
}
