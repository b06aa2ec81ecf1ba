package org.seal4j.serve.http;

/** Answers requests, on a thread of theirs that it may hold. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one.
   *
   * @throws ApiException where it is refused, before anything was sent
   */
  void handle(Call call, Reply reply);
}
