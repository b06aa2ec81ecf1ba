package org.seal4j.model.generate;

import java.util.Arrays;
import org.seal4j.data.batch.TokenSequence;

/**
 * What the first row of a cache still holds of the last batch.
 *
 * @param tokens a prompt of that batch
 * @param length how many of its first tokens are held
 * @param capacity tokens per row, which the next batch has as well, so that plans serve again
 */
record KeptPrefix(TokenSequence tokens, int length, int capacity) {
  /** Nothing. */
  static final KeptPrefix NONE =
      new KeptPrefix(new TokenSequence(new int[1], new int[1], new float[1]), 0, 0);

  /** How many tokens of a prompt, its last one not counted, need not be read again. */
  int shared(TokenSequence prompt) {
    int most = Math.min(length, prompt.length() - 1);
    if (most <= 0) {
      return 0;
    }
    int ids = Arrays.mismatch(tokens.ids(), 0, most, prompt.ids(), 0, most);
    int positions = Arrays.mismatch(tokens.positions(), 0, most, prompt.positions(), 0, most);
    return Math.min(ids < 0 ? most : ids, positions < 0 ? most : positions);
  }
}
