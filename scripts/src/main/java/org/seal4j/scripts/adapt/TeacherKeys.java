package org.seal4j.scripts.adapt;

import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.rl.teacher.Sampling;

/**
 * Another model that writes the questions and their answers.
 *
 * @param endpoint where it is asked
 * @param temperature divisor of its logits; 0 for its likeliest reply
 * @param topP share of the probability that it samples from
 * @param maxTokens longest reply in its tokens; a passage takes one to three replies
 */
public record TeacherKeys(EndpointConfig endpoint, double temperature, double topP, int maxTokens) {
  public TeacherKeys {
    new Sampling(temperature, topP, maxTokens);
  }

  Sampling sampling() {
    return new Sampling(temperature, topP, maxTokens);
  }
}
