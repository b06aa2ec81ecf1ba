package org.seal4j.data.text;

/** Takes the pieces of a text one after the other. */
@FunctionalInterface
interface PieceSink {
  /**
   * Takes the next piece.
   *
   * @param piece not empty
   * @param first whether the whole text starts with it
   */
  void accept(String piece, boolean first);
}
