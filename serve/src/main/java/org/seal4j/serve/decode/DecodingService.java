package org.seal4j.serve.decode;

/** Writes texts of one model and many adapters. Safe to use from several threads. */
public interface DecodingService extends AutoCloseable {
  /**
   * Takes a request.
   *
   * @param sink hears what is written, from a thread of the service
   * @throws BusyException where too many wait already; the sink then hears nothing
   */
  Ticket submit(TextRequest request, TokenSink sink) throws BusyException;

  DecodingState state();

  /** Cancels what is not over, and ends. */
  @Override
  void close();
}
