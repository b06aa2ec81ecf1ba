package org.seal4j.serve.http;

import java.io.IOException;

/** The other side went away, or took its answer too slowly. */
public final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException(IOException cause) {
    super("the client is gone", cause);
  }
}
