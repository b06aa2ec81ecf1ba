package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.restem.TopPerTask;

/**
 * One of the rules that a comparison holds against each other.
 *
 * @param name of its row in the table and of its folder: small letters, digits, {@code _} and
 *     {@code -}
 * @param reward what edits of a round are judged by
 * @param selection which edits the policy learns from
 * @param ranking what makes an edit better than another of its passage
 */
public record RuleConfig(
    String name,
    PassageLoopConfig.RewardKind reward,
    PassageLoopConfig.SelectionRule selection,
    TopPerTask.Ranking ranking) {
  public RuleConfig {
    Checks.require(
        name.matches("[a-z0-9_-]+"),
        "a rule is called '%s'; use small letters, digits, _ and -, since its folder is called so",
        name);
    Checks.require(
        reward == PassageLoopConfig.RewardKind.TRAINED || ranking == TopPerTask.Ranking.REWARD,
        "rule %s ranks by likelihood, but the proxy reward trains nothing and knows none; use"
            + " ranking: reward",
        name);
  }
}
