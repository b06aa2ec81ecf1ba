package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.restem.SelectionRule;
import org.seal4j.rl.restem.TopPerTask;

/**
 * One of several rules of selection that a run compares.
 *
 * @param name of its row in the table and of its folder: small letters, digits, {@code _} and
 *     {@code -}
 * @param reward as {@code loop.reward}
 * @param selection as {@code loop.selection}
 * @param ranking as {@code loop.ranking}
 */
public record RuleKeys(String name, String reward, String selection, TopPerTask.Ranking ranking) {
  public RuleKeys {
    Checks.require(
        name.matches("[a-z0-9_-]+"),
        "a rule is called '%s'; use small letters, digits, _ and -, since its folder is called so",
        name);
    RewardRule.named(reward);
    SelectionRule.named(selection);
    Checks.require(
        reward.equals(RewardRule.TRAINED) || ranking == TopPerTask.Ranking.REWARD,
        "rule %s ranks by likelihood, but only the reward 'trained' measures one; use ranking:"
            + " reward",
        name);
  }

  /** Whether its self-edits are judged by training and examining. */
  boolean trains() {
    return reward.equals(RewardRule.TRAINED);
  }
}
