package org.seal4j.serve.adapter;

/** All places for adapters are taken by requests that are being answered. */
public final class AdaptersBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AdaptersBusyException(int places) {
    super(
        "all %d places for adapters are taken by requests that are being answered; try again later"
            .formatted(places));
  }
}
