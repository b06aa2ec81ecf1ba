package org.seal4j.model.generate;

/**
 * The learned extra position of each generated token, followed token by token (see {@code
 * PositionCursor} of the data module). One object follows one answer, so prompts hold a supplier of
 * fresh ones that stand after the prompt's last token.
 */
@FunctionalInterface
public interface PairPositions {
  /** Position 0 for every token: for models without such positions. */
  PairPositions ZERO = token -> 0;

  /** Takes the next token of the answer and returns its position. */
  int next(int token);
}
