package org.seal4j.serve.adapter;

/** A name stands for an adapter already, and was not to be moved. */
public final class NameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NameTakenException(String name) {
    super("the name '%s' is taken".formatted(name));
  }
}
