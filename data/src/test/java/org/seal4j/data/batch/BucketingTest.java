package org.seal4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;

class BucketingTest {
  private static final int PAD = 99;

  private static TokenSequence random(Rng rng, int length) {
    int[] ids = new int[length];
    int[] positions = new int[length];
    float[] weights = new float[length];
    for (int i = 0; i < length; i++) {
      ids[i] = rng.nextInt(50);
      positions[i] = 1 + rng.nextInt(20);
      weights[i] = 1 + rng.nextInt(3);
    }
    return new TokenSequence(ids, positions, weights);
  }

  @Test
  void a_padded_batch_keeps_every_sequence_and_adds_only_weightless_padding() {
    Rng rng = TestSeeds.of("bucketing", 1).rng();
    for (int round = 0; round < 50; round++) {
      int multiple = rng.between(1, 9);
      List<TokenSequence> sequences = new ArrayList<>();
      for (int i = rng.between(1, 6); i > 0; i--) {
        sequences.add(random(rng, rng.between(1, 40)));
      }
      TokenBatch batch = new Bucketing(multiple, PAD).pad(sequences);
      int longest = sequences.stream().mapToInt(TokenSequence::length).max().orElseThrow();
      assertThat(batch.rows()).isEqualTo(sequences.size());
      assertThat(batch.time()).isBetween(longest, longest + multiple - 1);
      assertThat(batch.time() % multiple).isZero();
      for (int b = 0; b < batch.rows(); b++) {
        TokenSequence sequence = sequences.get(b);
        int n = sequence.length();
        assertThat(batch.lengths()[b]).isEqualTo(n);
        assertThat(Arrays.copyOf(batch.ids()[b], n)).isEqualTo(sequence.ids());
        assertThat(Arrays.copyOf(batch.positions()[b], n)).isEqualTo(sequence.positions());
        assertThat(Arrays.copyOf(batch.weights()[b], n)).isEqualTo(sequence.weights());
        for (int t = n; t < batch.time(); t++) {
          assertThat(batch.ids()[b][t]).isEqualTo(PAD);
          assertThat(batch.positions()[b][t]).isZero();
          assertThat(batch.weights()[b][t]).isZero();
        }
      }
    }
  }

  @Test
  void buckets_hold_every_index_once_under_its_padded_length() {
    Rng rng = Seeds.of(5).rng();
    List<TokenSequence> sequences =
        List.of(random(rng, 9), random(rng, 8), random(rng, 1), random(rng, 16), random(rng, 17));
    assertThat(new Bucketing(8, PAD).buckets(sequences))
        .containsExactly(
            Map.entry(8, List.of(1, 2)), Map.entry(16, List.of(0, 3)), Map.entry(24, List.of(4)));
  }

  @Test
  void bad_batches_are_refused_in_words() {
    Rng rng = Seeds.of(6).rng();
    assertThatThrownBy(() -> new Bucketing(0, 0)).hasMessageContaining("multiple must be >= 1");
    assertThatThrownBy(() -> new Bucketing(8, PAD).pad(List.of()))
        .hasMessageContaining("at least one sequence");
    assertThatThrownBy(() -> new Bucketing(8, PAD).pad(List.of(random(rng, 9)), 8))
        .hasMessageContaining("sequence 0 has 9 tokens but the batch is padded to 8");
    assertThatThrownBy(
            () ->
                new TokenBatch(
                    new int[][] {{1, 2}}, new int[][] {{1}}, new float[][] {{1, 1}}, new int[] {2}))
        .hasMessageContaining("row 0 of a token batch has 2 ids, 1 positions");
  }
}
