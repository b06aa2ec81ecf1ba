package org.seal4j.rl;

import org.seal4j.data.seed.Seeds;
import org.seal4j.model.generate.GenerationConfig;

/** What an adapted model is asked about a context, and how its answers are graded. Pure. */
public interface Examiner<C extends Context> {
  /**
   * The examination of one context.
   *
   * @param seeds the only randomness it may use
   */
  Exam exam(C context, Seeds seeds);

  /** How all answers are decoded: usually the most likely token, and where an answer ends. */
  GenerationConfig answering();
}
