package org.seal4j.scripts.bench;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;

/** The models that are timed, with data that the twin makes by the same formula. */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers
enum BenchModel {
  /** The model of the recipe arc-quick, with its batch. */
  SMALL(ModelConfig.small(91, 64, 4, 4, 176).withPairPositions(16, 100), 16, 104),
  /** A model whose weights do not fit the first caches. */
  LARGE(ModelConfig.small(2048, 256, 6, 8, 768), 4, 256);

  private static final long SEED = 20261120;
  private static final double EMBEDDING_STD = 0.4;
  private static final double RESIDUAL_SCALE = 0.2;

  private final ModelConfig config;
  private final int batch;
  private final int time;

  BenchModel(ModelConfig config, int batch, int time) {
    this.config = config;
    this.batch = batch;
    this.time = time;
  }

  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  ModelConfig config() {
    return config;
  }

  /** Sequences of a training step. */
  int batch() {
    return batch;
  }

  /** Tokens that a training step reads of each sequence. */
  int time() {
    return time;
  }

  /** Fresh random weights, always the same. The caller closes them. */
  Weights weights() {
    return Weights.random(config, EMBEDDING_STD, RESIDUAL_SCALE, Seeds.of(SEED));
  }

  /** The batch of training step {@code step}: {@code [b, t + 1]} tokens of weight 1. */
  List<TokenSequence> batch(long step) {
    return sequences(step * batch, batch, time + 1);
  }

  /**
   * Sequences {@code first .. first + count - 1} of one endless list of sequences of this length.
   * Token i of sequence s is {@code (((s * length + i) * 2654435761 + 12345) mod 2^32 >> 8) mod v}.
   */
  List<TokenSequence> sequences(long first, int count, int length) {
    List<TokenSequence> sequences = new ArrayList<>();
    for (long s = first; s < first + count; s++) {
      int[] ids = new int[length];
      int[] positions = new int[length];
      float[] weights = new float[length];
      for (int i = 0; i < length; i++) {
        long mixed = ((s * length + i) * 2654435761L + 12345) & 0xFFFFFFFFL;
        ids[i] = (int) ((mixed >>> 8) % config.vocabSize());
        positions[i] = config.pairPositions() == 0 ? 0 : i % config.pairPositions();
        weights[i] = 1;
      }
      sequences.add(new TokenSequence(ids, positions, weights));
    }
    return sequences;
  }
}
