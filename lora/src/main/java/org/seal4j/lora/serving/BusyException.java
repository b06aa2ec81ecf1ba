package org.seal4j.lora.serving;

/** Too many requests wait already: ask again later. */
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1L;

  public BusyException(String message) {
    super(message);
  }
}
