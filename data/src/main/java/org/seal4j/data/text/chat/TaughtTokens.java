package org.seal4j.data.text.chat;

import org.seal4j.data.check.Checks;

/**
 * Tokens to train on.
 *
 * @param ids all tokens, {@code [t]}
 * @param taught {@code [t]}: whether predicting this token counts in the loss
 */
@SuppressWarnings("ArrayRecordComponent") // hot path data; identity is never compared
public record TaughtTokens(int[] ids, boolean[] taught) {
  public TaughtTokens {
    Checks.require(
        ids.length == taught.length,
        "taught tokens need as many marks as ids but got %d and %d",
        taught.length,
        ids.length);
  }

  /** How many tokens are taught. */
  public int count() {
    int count = 0;
    for (boolean one : taught) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /** Where the last stretch of taught tokens begins; the length where none is taught. */
  public int lastStart() {
    int at = taught.length;
    while (at > 0 && !taught[at - 1]) {
      at--;
    }
    if (at == 0) {
      return taught.length;
    }
    while (at > 0 && taught[at - 1]) {
      at--;
    }
    return at;
  }
}
