package org.seal4j.model.generate;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.seal4j.data.batch.TokenSequence;

/** A prompt with its answer as one sequence. */
final class Texts {
  private Texts() {}

  /** The prompt without loss, then the answer with loss, at positions given token by token. */
  static TokenSequence joined(TokenSequence prompt, Generation answer, PairPositions positions) {
    int n = prompt.length();
    int[] ids = Arrays.copyOf(prompt.ids(), n + answer.tokens().length);
    int[] places = Arrays.copyOf(prompt.positions(), ids.length);
    float[] weights = new float[ids.length];
    for (int i = n; i < ids.length; i++) {
      ids[i] = answer.tokens()[i - n];
      places[i] = positions.next(ids[i]);
      weights[i] = 1;
    }
    return new TokenSequence(ids, places, weights);
  }

  static Offset<Double> within(double distance) {
    return Offset.offset(distance);
  }
}
