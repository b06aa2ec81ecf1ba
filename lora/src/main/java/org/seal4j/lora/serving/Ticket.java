package org.seal4j.lora.serving;

/** A request that was taken. */
@FunctionalInterface
public interface Ticket {
  /**
   * Ends the request, if it has not ended: it costs nothing from the next token on. Its sink hears
   * nothing more but for what it is hearing at this moment.
   */
  void cancel();
}
