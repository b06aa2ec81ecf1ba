package org.seal4j.data.arc;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * Which prompts are asked for one test grid (docs/seal.md §3.5).
 *
 * @param leaveOut how many demonstrations a prompt leaves out: 0 shows all, 1 each way to leave one
 *     out; several may be listed
 * @param permutations random demonstration orders beside each plain prompt
 * @param geometric whether five rigid transforms of randomly chosen prompts are added
 */
public record InferencePromptsConfig(List<Integer> leaveOut, int permutations, boolean geometric) {
  private static final int MOST_PERMUTATIONS = 1000;

  public InferencePromptsConfig {
    leaveOut = List.copyOf(leaveOut);
    Checks.require(
        !leaveOut.isEmpty()
            && leaveOut.stream().allMatch(n -> n >= 0 && n <= 2)
            && leaveOut.stream().distinct().count() == leaveOut.size(),
        "leaveOut must list numbers 0 to 2, each once, but was %s",
        leaveOut);
    Checks.require(
        permutations >= 0 && permutations <= MOST_PERMUTATIONS,
        "permutations must be in 0 to %d but was %d; SEAL has 2",
        MOST_PERMUTATIONS,
        permutations);
  }

  /** SEAL's prompts: one left out in turn, 2 more orders of each, the transforms. */
  public static InferencePromptsConfig reference() {
    return new InferencePromptsConfig(List.of(1), 2, true);
  }

  /** One prompt with every demonstration in its own order. */
  public static InferencePromptsConfig plain() {
    return new InferencePromptsConfig(List.of(0), 0, false);
  }
}
