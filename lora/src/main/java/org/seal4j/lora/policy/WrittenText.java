package org.seal4j.lora.policy;

import java.util.BitSet;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.BatchFiller;

/**
 * A prompt with what a policy wrote behind it.
 *
 * @param tokens with loss weights on what was written alone
 * @param allowed the ids that each written token was chosen among, in order, where a grammar
 *     restricted them: probabilities are then shares among these. Empty where any id was allowed
 */
public record WrittenText(TokenSequence tokens, List<BitSet> allowed) {
  public WrittenText {
    allowed = allowed.stream().map(ids -> (BitSet) ids.clone()).toList();
    int written = 0;
    for (int i = 1; i < tokens.length(); i++) {
      if (tokens.weights()[i] != 0) {
        int id = tokens.ids()[i];
        Checks.require(
            allowed.isEmpty() || (written < allowed.size() && allowed.get(written).get(id)),
            "token %d of what was written is %d, which its grammar does not allow there",
            written,
            id);
        written++;
      }
    }
    Checks.require(
        allowed.isEmpty() || allowed.size() == written,
        "%d tokens were written, but a grammar says what %d of them may be",
        written,
        allowed.size());
  }

  /** A text that nothing restricted. */
  public static WrittenText free(TokenSequence tokens) {
    return new WrittenText(tokens, List.of());
  }

  /** Whether a grammar restricted what was written. */
  boolean isRestricted() {
    return !allowed.isEmpty();
  }

  /** How much of it was written, by its loss weights. */
  double weight() {
    return BatchFiller.weight(tokens);
  }

  /** Tokens that have a loss. */
  int rows() {
    int rows = 0;
    for (int i = 1; i < tokens.length(); i++) {
      rows += tokens.weights()[i] == 0 ? 0 : 1;
    }
    return rows;
  }
}
