package org.seal4j.serve.adapter;

/** There is no adapter of this name, or none at this path. */
public final class UnknownAdapterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownAdapterException(String message) {
    super(message);
  }
}
