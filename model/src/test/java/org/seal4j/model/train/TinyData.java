package org.seal4j.model.train;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/** Random token sequences of different lengths, by seed. */
final class TinyData {
  private TinyData() {}

  /** Sequences of 3 to {@code longest} tokens; about every third token has no loss. */
  static List<TokenSequence> sequences(int count, int vocab, int longest, Seeds seeds) {
    Rng rng = seeds.child("tiny").rng();
    List<TokenSequence> sequences = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int length = rng.between(3, longest);
      int[] ids = new int[length];
      float[] weights = new float[length];
      for (int i = 0; i < length; i++) {
        ids[i] = rng.nextInt(vocab);
        weights[i] = i == 1 || rng.nextInt(3) > 0 ? 1 : 0;
      }
      sequences.add(new TokenSequence(ids, new int[length], weights));
    }
    return sequences;
  }
}
