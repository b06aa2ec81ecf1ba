package org.seal4j.rl;

import java.util.List;
import org.seal4j.data.seed.Seeds;

/**
 * Chooses, of more self-edits than a round can examine, those that are trained and examined. The
 * policy learns from these alone. Implementations are in {@code org.seal4j.rl.reward}.
 *
 * <p>It may learn from the rounds so far and from nothing else: a resumed run asks and tells the
 * same in the same order, so that it ends with the same rows.
 */
public interface Screen<C extends Context, E extends SelfEdit> {
  /** How many times as many self-edits are written as are examined, at least 2. */
  int proposals();

  /**
   * The places of the self-edits that are examined, each once, in any order.
   *
   * @param written different self-edits of a context, more than {@code count}
   * @param count how many are examined
   * @param seeds the only randomness it may use
   */
  List<Integer> keep(C context, List<E> written, int count, Seeds seeds);

  /**
   * Hears what the self-edits of a round gave, before the policy learns from them.
   *
   * @param round its number, from 1
   * @param examined all evaluated proposals of the round, invalid ones too, in journal order
   */
  void learn(int round, List<WeightedProposal<C, E>> examined);
}
