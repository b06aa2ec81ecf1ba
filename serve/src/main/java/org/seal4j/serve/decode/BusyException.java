package org.seal4j.serve.decode;

/** A request is not taken, since too many wait already. */
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1L;

  public BusyException(String message) {
    super(message);
  }
}
