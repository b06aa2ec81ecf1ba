package org.seal4j.model.generate;

/** Hears every token as soon as it is chosen: streaming, progress. */
@FunctionalInterface
public interface TokenListener {
  /** Hears nothing. */
  TokenListener NONE = (prompt, place, token) -> {};

  /**
   * @param prompt index of the prompt in the call
   * @param place index of the token in its answer
   * @param token its id
   */
  void chosen(int prompt, int place, int token);
}
