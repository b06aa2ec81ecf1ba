package org.seal4j.scripts.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "rank,rank,0",
    "rnak,rank,2",
    "ran,rank,1",
    "ranks,rank,1",
    "bank,rank,1",
    "'',rank,4"
  })
  void the_distance_counts_inserted_removed_and_replaced_letters(String a, String b, int edits) {
    assertThat(Nearest.edits(a, b)).isEqualTo(edits);
    assertThat(Nearest.edits(b, a)).isEqualTo(edits);
  }

  @Test
  void the_nearest_name_is_offered_and_nothing_is_when_all_are_far() {
    List<String> names = List.of("alpha", "rank", "learningRate");
    assertThat(Nearest.to("rnak", names)).contains("rank");
    assertThat(Nearest.to("learning_rate", names)).contains("learningRate");
    assertThat(Nearest.to("alhpa", names)).contains("alpha");
    assertThat(Nearest.to("dropout", names)).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
  }
}
