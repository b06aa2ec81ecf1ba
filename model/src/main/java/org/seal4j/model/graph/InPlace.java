package org.seal4j.model.graph;

/** An op some of whose outputs are its inputs' memory with new contents. */
public interface InPlace {
  /**
   * The input whose memory output {@code output} is, or -1 where the output has memory of its own.
   */
  int inputOf(int output);
}
