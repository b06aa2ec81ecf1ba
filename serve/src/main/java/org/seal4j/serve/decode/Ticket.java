package org.seal4j.serve.decode;

/** A request that was taken. */
@FunctionalInterface
public interface Ticket {
  /** Ends it at the next token; of no effect where it is over. */
  void cancel();
}
