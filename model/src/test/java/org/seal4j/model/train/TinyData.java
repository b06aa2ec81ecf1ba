package org.seal4j.model.train;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.RandomSequences;

/** Random token sequences of different lengths, by seed. */
final class TinyData {
  private TinyData() {}

  /** Sequences of 3 to {@code longest} tokens; about every third token has no loss. */
  static List<TokenSequence> sequences(int count, int vocab, int longest, Seeds seeds) {
    return RandomSequences.of(count, vocab, 3, longest, seeds.child("tiny").rng());
  }
}
