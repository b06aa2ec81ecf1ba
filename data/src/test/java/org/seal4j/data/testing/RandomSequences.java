package org.seal4j.data.testing;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;

/** Random token sequences of different lengths. */
public final class RandomSequences {
  private RandomSequences() {}

  /**
   * Sequences of {@code shortest} to {@code longest} tokens, ids below {@code vocab}; about every
   * third token has no loss, the second always has one.
   */
  public static List<TokenSequence> of(int count, int vocab, int shortest, int longest, Rng rng) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int[] ids = new int[rng.between(shortest, longest)];
      float[] weights = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = rng.nextInt(vocab);
        weights[i] = i == 1 || rng.nextInt(3) > 0 ? 1 : 0;
      }
      sequences.add(new TokenSequence(ids, new int[ids.length], weights));
    }
    return sequences;
  }
}
