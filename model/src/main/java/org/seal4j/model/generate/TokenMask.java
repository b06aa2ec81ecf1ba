package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;

/**
 * Which tokens may come next in one answer: a grammar, followed token by token. One object follows
 * one answer, so prompts hold a supplier of fresh ones.
 */
@FunctionalInterface
public interface TokenMask {
  /** Allows everything. */
  TokenMask ANY = candidates -> {};

  /**
   * Removes the ids that may not come next. Asked once before every token; at least one candidate
   * must be left.
   *
   * @param candidates all ids of the vocabulary that nothing has forbidden yet
   */
  void restrict(BitSet candidates);

  /** Takes the token that was chosen. */
  default void accept(int token) {}

  /**
   * A grammar of fixed places: the k-th token of the answer is one of {@code allowed.get(k)}. Bound
   * the answer to as many tokens; one more is refused.
   */
  static Supplier<TokenMask> places(List<int[]> allowed) {
    List<BitSet> sets = new ArrayList<>();
    for (int[] ids : allowed) {
      BitSet set = new BitSet();
      for (int id : ids) {
        set.set(id);
      }
      sets.add(set);
    }
    return () ->
        new TokenMask() {
          private int place;

          @Override
          public void restrict(BitSet candidates) {
            Checks.require(
                place < sets.size(),
                "the mask has %d places but token %d is asked for; stop after %d tokens",
                sets.size(),
                place + 1,
                sets.size());
            candidates.and(sets.get(place));
          }

          @Override
          public void accept(int token) {
            place++;
          }
        };
  }
}
