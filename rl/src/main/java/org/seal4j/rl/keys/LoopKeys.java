package org.seal4j.rl.keys;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.rl.Context;
import org.seal4j.rl.RewardRule;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.Selection;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.inner.Roles;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.restem.SelectionRule;
import org.seal4j.rl.restem.TopPerTask;
import org.seal4j.rl.reward.EditFeatures;
import org.seal4j.rl.reward.LearnedScreen;

/**
 * The outer loop.
 *
 * @param rounds number of rounds of sample, evaluate, select, learn
 * @param contextsPerRound fresh tasks or passages in each round
 * @param editsPerContext self-edits sampled per task or passage
 * @param maxResamples how often an invalid self-edit is asked for again
 * @param reward what self-edits of a round are judged by: {@code trained}, by training and
 *     examining; {@code proxy}, of passages, by their words alone; or the name of one of your own
 * @param selection which self-edits the policy learns from: {@code top_per_context}, {@code
 *     top_with_gain}, {@code all_with_gain}, {@code all_solved}, {@code first_sampled}, or the name
 *     of one of your own
 * @param ranking what makes a self-edit better than another of its context, where the selection
 *     ranks them
 * @param keep self-edits kept per context, where the selection keeps a number of them
 * @param reexamine chosen self-edits of each round that are trained and examined once more with
 *     fresh random numbers, to show what of their reward was luck; null for 0
 * @param adapted which model self-edits train, and which is examined: {@code policy}, as the rounds
 *     have made it, or {@code start}, as it was before them; null for the policy
 * @param screen a learned reward that chooses which self-edits of a round are trained and examined;
 *     null where all that are written are
 */
public record LoopKeys(
    int rounds,
    int contextsPerRound,
    int editsPerContext,
    int maxResamples,
    String reward,
    String selection,
    TopPerTask.Ranking ranking,
    int keep,
    @Nullable Integer reexamine,
    @Nullable Adapted adapted,
    @Nullable ScreenKeys screen) {
  /** A loop that examines no self-edit twice. */
  public LoopKeys(
      int rounds,
      int contextsPerRound,
      int editsPerContext,
      int maxResamples,
      String reward,
      String selection,
      TopPerTask.Ranking ranking,
      int keep) {
    this(
        rounds,
        contextsPerRound,
        editsPerContext,
        maxResamples,
        reward,
        selection,
        ranking,
        keep,
        null,
        null,
        null);
  }

  public LoopKeys {
    Checks.require(rounds >= 1, "loop.rounds must be >= 1 but was %d", rounds);
    Checks.require(
        contextsPerRound >= 1, "loop.contextsPerRound must be >= 1 but was %d", contextsPerRound);
    Checks.require(
        editsPerContext >= 1, "loop.editsPerContext must be >= 1 but was %d", editsPerContext);
    Checks.require(
        keep >= 1 && keep <= editsPerContext,
        "loop.keep must be in 1 to loop.editsPerContext (%d) but was %d",
        editsPerContext,
        keep);
    Checks.require(maxResamples >= 0, "loop.maxResamples must be >= 0 but was %d", maxResamples);
    int again = reexamine == null ? 0 : reexamine;
    Checks.require(again >= 0, "loop.reexamine must be >= 0 but was %d", again);
    SelectionRule.named(selection);
    RewardRule.named(reward);
  }

  /** The same loop with other rules of reward and selection. */
  public LoopKeys by(String otherReward, String otherSelection, TopPerTask.Ranking otherRanking) {
    return new LoopKeys(
        rounds,
        contextsPerRound,
        editsPerContext,
        maxResamples,
        otherReward,
        otherSelection,
        otherRanking,
        keep,
        reexamine,
        adapted,
        screen);
  }

  /**
   * The learned reward that chooses self-edits of rounds; empty where all that are written are
   * examined.
   *
   * @param domain describes self-edits
   */
  public <C extends Context, E extends SelfEdit> Optional<LearnedScreen<C, E>> screened(
      EditFeatures<C, E> domain) {
    return screen == null
        ? Optional.empty()
        : Optional.of(new LearnedScreen<>(domain, screen.config(), ranking));
  }

  /** Refuses a screen in a kind whose self-edits nothing describes. */
  public void requireNoScreen(String kind) {
    Checks.require(
        screen == null,
        "loop.screen is set, but a recipe of kind %s has no features of self-edits that a reward"
            + " could be learned from; set it to null",
        kind);
  }

  /** The model as it is now in both roles, or kept apart for the one that is adapted. */
  public Roles roles(SharedModel model) {
    return switch (Adapted.of(adapted)) {
      case POLICY -> Roles.ofOne(model);
      case START -> Roles.apart(model);
    };
  }

  /** Chosen self-edits of a round that are examined twice. */
  public int reexamined() {
    return reexamine == null ? 0 : reexamine;
  }

  /** The same for the loop. */
  public SealLoopConfig config() {
    return config(Learning.RESTEM);
  }

  /** The same for a policy that learns in this way. */
  public SealLoopConfig config(Learning learning) {
    Selection kept = SelectionRule.named(selection).with(keep, ranking);
    return new SealLoopConfig(
        rounds,
        editsPerContext,
        maxResamples,
        learning.selection(kept, ranking),
        learning == Learning.RESTEM ? reexamined() : 0);
  }
}
