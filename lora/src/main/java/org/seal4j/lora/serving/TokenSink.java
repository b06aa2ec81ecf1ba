package org.seal4j.lora.serving;

import java.util.List;
import org.seal4j.model.generate.StopReason;
import org.seal4j.model.generate.TokenShare;

/**
 * Hears an answer as it is written: tokens, then once that it has ended or failed. Called by one
 * thread at a time, never by the one that decodes. It may be slow: the others do not wait for it,
 * and a sink that takes nothing for too long fails.
 */
public interface TokenSink {
  /**
   * A token was written, the one that ends the answer included.
   *
   * @param logProbability natural logarithm of its probability under the model
   * @param likeliest the likeliest tokens at its place, falling; as many as were asked for
   */
  void token(int id, double logProbability, List<TokenShare> likeliest);

  /** The answer has ended. */
  void ended(StopReason reason);

  /** There will be no more of this answer. */
  void failed(RuntimeException error);
}
