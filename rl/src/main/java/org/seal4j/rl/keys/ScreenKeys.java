package org.seal4j.rl.keys;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.reward.LearnedScreen;

/**
 * A learned reward that chooses which self-edits of a round are trained and examined, among more of
 * them.
 *
 * @param proposals how many times as many self-edits are written as are examined
 * @param explore share of the examined ones that is drawn by chance
 */
public record ScreenKeys(int proposals, double explore) {
  public ScreenKeys {
    Checks.inGroup("loop.screen", () -> new LearnedScreen.Config(proposals, explore));
  }

  LearnedScreen.Config config() {
    return new LearnedScreen.Config(proposals, explore);
  }
}
