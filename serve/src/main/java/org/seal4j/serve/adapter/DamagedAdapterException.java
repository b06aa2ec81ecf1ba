package org.seal4j.serve.adapter;

/** What is stored of an adapter is not what was stored: a fault of the server, not of a request. */
public final class DamagedAdapterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedAdapterException(AdapterVersion version, Throwable cause) {
    super(
        "the adapter %s is damaged where the server keeps it; load it again"
            .formatted(version.pinned()),
        cause);
  }
}
