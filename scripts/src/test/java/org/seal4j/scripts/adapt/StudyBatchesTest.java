package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;

class StudyBatchesTest {
  private static final long SEED = Long.getLong("seal.test.seed", 3);

  private static final StudyBatches.Anchors NONE = StudyBatches.Anchors.NONE;

  private static TokenSequence row(int id) {
    return new TokenSequence(new int[] {id}, new int[1], new float[] {1});
  }

  /** Passage p is row p; its questions are rows 100 p and on. */
  private static List<StudyBatches.Material> passages(int count, int questions) {
    List<StudyBatches.Material> all = new ArrayList<>();
    for (int p = 1; p <= count; p++) {
      List<TokenSequence> others = new ArrayList<>();
      for (int q = 0; q < questions; q++) {
        others.add(row(100 * p + q));
      }
      all.add(new StudyBatches.Material(List.of(row(p)), others));
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1,5,1", "3,4,1", "3,7,2", "5,2,2"})
  void each_passage_stands_in_equally_many_batches_beside_its_own_questions(
      int count, int questions, int each) {
    StudyBatches batches =
        new StudyBatches(passages(count, questions), each, 3, NONE, Seeds.of(SEED));
    Map<Integer, Integer> seen = new HashMap<>();
    int steps = 12 * count / each;
    for (int step = 0; step < steps; step++) {
      int passage = 0;
      for (TokenSequence row : batches.batch(step)) {
        int id = row.ids()[0];
        passage = id < 100 ? id : passage;
        assertThat(id < 100 ? passage : id / 100).as("seed %d", SEED).isEqualTo(passage);
        seen.merge(id, 1, Integer::sum);
      }
    }
    int others = Math.min(3, questions);
    for (int p = 1; p <= count; p++) {
      assertThat(seen.get(p)).isEqualTo(12);
      for (int q = 0; q < questions; q++) {
        assertThat(seen.get(100 * p + q))
            .isBetween(12 * others / questions, 12 * others / questions + 1);
      }
    }
  }

  @Test
  void a_batch_depends_on_its_step_alone() {
    StudyBatches batches = new StudyBatches(passages(3, 5), 2, 3, NONE, Seeds.of(SEED));
    List<Integer> first = batches.batch(7).stream().map(row -> row.ids()[0]).toList();
    batches.batch(3);
    assertThat(batches.batch(7).stream().map(row -> row.ids()[0]).toList()).isEqualTo(first);
  }

  @Test
  void a_passage_without_questions_is_read_alone() {
    StudyBatches batches = new StudyBatches(passages(2, 0), 1, 3, NONE, Seeds.of(SEED));
    assertThat(batches.batch(0)).hasSize(1);
  }

  @Test
  void every_batch_has_its_anchors_and_they_take_turns() {
    StudyBatches.Anchors anchors = new StudyBatches.Anchors(List.of(row(-1), row(-2), row(-3)), 2);
    StudyBatches batches = new StudyBatches(passages(2, 4), 1, 3, anchors, Seeds.of(SEED));
    Map<Integer, Integer> seen = new HashMap<>();
    for (int step = 0; step < 9; step++) {
      List<TokenSequence> batch = batches.batch(step);
      assertThat(batch).hasSize(1 + 3 + 2);
      batch.subList(4, 6).forEach(row -> seen.merge(row.ids()[0], 1, Integer::sum));
    }
    assertThat(seen).as("seed %d", SEED).isEqualTo(Map.of(-1, 6, -2, 6, -3, 6));
  }

  @Test
  void a_long_row_counts_no_more_than_a_short_one() {
    TokenSequence passage = new TokenSequence(new int[9], new int[9], weights(9, 1));
    TokenSequence question = new TokenSequence(new int[4], new int[4], weights(4, 2));
    StudyBatches.Material material = new StudyBatches.Material(List.of(passage), List.of(question));
    StudyBatches batches = new StudyBatches(List.of(material), 1, 1, NONE, Seeds.of(SEED));
    for (TokenSequence row : batches.batch(0)) {
      double sum = 0;
      for (float weight : row.weights()) {
        sum += weight;
      }
      assertThat(sum).isEqualTo(1, within(1e-6));
    }
  }

  private static float[] weights(int length, int from) {
    float[] weights = new float[length];
    Arrays.fill(weights, from, length, 1f);
    return weights;
  }
}
