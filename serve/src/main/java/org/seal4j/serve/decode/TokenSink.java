package org.seal4j.serve.decode;

import java.util.List;
import org.seal4j.model.generate.StopReason;

/**
 * Hears what is written for one request. After any tokens, {@link #ended} or {@link #failed} is
 * called exactly once, also for a request that was cancelled; then the service uses nothing of the
 * request any more. Calls come from one thread at a time and must return at once.
 */
public interface TokenSink {
  /**
   * The next token, before or after the stop rule has seen it.
   *
   * @param logProbability under the model alone
   * @param likeliest the likeliest tokens at this place; as many as the request asks for
   */
  void token(int id, double logProbability, List<TokenShare> likeliest);

  /** The text is over. */
  void ended(StopReason reason);

  /**
   * There will be no more of it.
   *
   * @param fault why; a {@link java.util.concurrent.CancellationException} where it was cancelled
   */
  void failed(RuntimeException fault);
}
