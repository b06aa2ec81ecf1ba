package org.seal4j.lora.policy;

import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * What a policy wrote once, and what it earned.
 *
 * @param group what it was asked; rewards are compared within a group
 * @param texts prompts with what was written behind each; texts without a loss are left out
 * @param reward any number; minus infinity for what failed, which counts as the worst
 */
public record Rollout(String group, List<WrittenText> texts, double reward) {
  public Rollout {
    Checks.require(
        reward < Double.POSITIVE_INFINITY,
        "the reward of a rollout of %s must be a number or minus infinity but was %s",
        group,
        reward);
    texts = texts.stream().filter(text -> text.weight() > 0).toList();
  }

  /** Tokens that were written, by their loss weights. */
  double tokens() {
    return texts.stream().mapToDouble(WrittenText::weight).sum();
  }
}
