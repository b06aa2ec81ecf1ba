package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.SealLoopConfig;
import org.seal4j.rl.Selection;
import org.seal4j.rl.restem.FirstSampled;
import org.seal4j.rl.restem.PositiveGain;
import org.seal4j.rl.restem.TopPerTask;

/**
 * The outer loop.
 *
 * @param rounds of sample, evaluate, select, learn
 * @param passagesPerRound fresh passages in each round
 * @param editsPerPassage self-edits sampled per passage
 * @param maxResamples how often a blank edit is asked for again
 * @param reward what edits of a round are judged by
 * @param selection which edits the policy learns from
 * @param ranking what makes an edit better than another of its passage
 * @param keep edits kept per passage; not with {@code all_positives}
 */
public record PassageLoopConfig(
    int rounds,
    int passagesPerRound,
    int editsPerPassage,
    int maxResamples,
    RewardKind reward,
    SelectionRule selection,
    TopPerTask.Ranking ranking,
    int keep) {
  public PassageLoopConfig {
    Checks.require(rounds >= 1, "loop.rounds must be >= 1 but was %d", rounds);
    Checks.require(
        passagesPerRound >= 1, "loop.passagesPerRound must be >= 1 but was %d", passagesPerRound);
    Checks.require(
        editsPerPassage >= 1, "loop.editsPerPassage must be >= 1 but was %d", editsPerPassage);
    Checks.require(
        keep >= 1 && keep <= editsPerPassage,
        "loop.keep must be in 1 to loop.editsPerPassage (%d) but was %d",
        editsPerPassage,
        keep);
    Checks.require(maxResamples >= 0, "loop.maxResamples must be >= 0 but was %d", maxResamples);
  }

  /** The same loop by another rule. */
  PassageLoopConfig by(RuleConfig rule) {
    return new PassageLoopConfig(
        rounds,
        passagesPerRound,
        editsPerPassage,
        maxResamples,
        rule.reward(),
        rule.selection(),
        rule.ranking(),
        keep);
  }

  /** The same for the loop. */
  SealLoopConfig sealLoop() {
    return new SealLoopConfig(rounds, editsPerPassage, maxResamples, rule());
  }

  private Selection rule() {
    return switch (selection) {
      case TOP_PER_PASSAGE -> new TopPerTask(keep, ranking);
      case POSITIVE_GAIN -> new PositiveGain(new TopPerTask(keep, ranking));
      case ALL_POSITIVES -> PositiveGain.amongAll();
      case FIRST_SAMPLED -> new FirstSampled(keep);
    };
  }

  /** What edits of a round are judged by; evaluations always train and ask. */
  public enum RewardKind {
    /** The share of questions that the adapted model answers. */
    TRAINED,
    /** A rubric of the edit's words, without training. */
    PROXY
  }

  /** The E-step's filters. */
  public enum SelectionRule {
    /** The best few of each passage; SEAL: 1 of 5. */
    TOP_PER_PASSAGE,
    /** The same, but only where they beat the model without an edit. */
    POSITIVE_GAIN,
    /** Every edit that beats the model without an edit. */
    ALL_POSITIVES,
    /** The first few of each passage, whatever they earned: the control. */
    FIRST_SAMPLED
  }
}
