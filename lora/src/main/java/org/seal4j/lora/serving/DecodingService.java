package org.seal4j.lora.serving;

import java.time.Duration;

/** Answers requests of one model and many adapters, many at a time. For any number of threads. */
public interface DecodingService extends AutoCloseable {
  /**
   * Takes a request.
   *
   * @param sink hears the answer
   * @throws BusyException where too many wait, or the service ends
   * @throws org.seal4j.data.check.InputException where it can never be answered: larger than the
   *     cache or the model's context, tokens that the model does not have, adapters that do not fit
   */
  Ticket submit(TextRequest request, TokenSink sink) throws BusyException;

  /** What it is doing. */
  DecodingState state();

  /**
   * Takes no more requests and waits for those that it has.
   *
   * @return whether all of them have ended within the limit
   */
  boolean drain(Duration limit) throws InterruptedException;

  /** Takes no more requests and ends those that it has: their sinks fail. */
  @Override
  void close();
}
