package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
    StudyBatches batches = new StudyBatches(passages(count, questions), each, 3, Seeds.of(SEED));
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
    StudyBatches batches = new StudyBatches(passages(3, 5), 2, 3, Seeds.of(SEED));
    List<Integer> first = batches.batch(7).stream().map(row -> row.ids()[0]).toList();
    batches.batch(3);
    assertThat(batches.batch(7).stream().map(row -> row.ids()[0]).toList()).isEqualTo(first);
  }

  @Test
  void a_passage_without_questions_is_read_alone() {
    StudyBatches batches = new StudyBatches(passages(2, 0), 1, 3, Seeds.of(SEED));
    assertThat(batches.batch(0)).hasSize(1);
  }
}
