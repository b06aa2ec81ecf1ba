package org.seal4j.rl.restem;

import java.util.Locale;
import java.util.function.BiFunction;
import org.seal4j.rl.Selection;

/** The rules of selection that come with Seal4J. */
enum BuiltInRule implements SelectionRule {
  /** The best few of each context (SEAL on passages: 1 of 5). */
  TOP_PER_CONTEXT(TopPerTask::new),
  /** The same, but only where they beat the model without an edit. */
  TOP_WITH_GAIN((keep, ranking) -> new PositiveGain(new TopPerTask(keep, ranking))),
  /** Every edit that beats the model without an edit. */
  ALL_WITH_GAIN((keep, ranking) -> PositiveGain.amongAll()),
  /** Every edit that earned the whole reward (SEAL on grids). */
  ALL_SOLVED((keep, ranking) -> AllPositives.reference()),
  /** The first few of each context, regardless of reward: the control. */
  FIRST_SAMPLED((keep, ranking) -> new FirstSampled(keep));

  @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
  private final BiFunction<Integer, TopPerTask.Ranking, Selection> made;

  BuiltInRule(BiFunction<Integer, TopPerTask.Ranking, Selection> made) {
    this.made = made;
  }

  @Override
  public Selection with(int keep, TopPerTask.Ranking ranking) {
    return made.apply(keep, ranking);
  }

  @Override
  public String ruleName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
