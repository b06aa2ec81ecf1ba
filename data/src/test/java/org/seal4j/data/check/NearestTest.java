package org.seal4j.data.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  @Test
  void an_unknown_name_is_refused_with_the_nearest_one_or_with_what_there_is() {
    Map<String, Integer> known = new TreeMap<>(Map.of("alpha", 1, "rank", 2));
    assertThat(Nearest.get(known, "rank", "there is no key")).isEqualTo(2);
    assertThatThrownBy(() -> Nearest.get(known, "rnak", "there is no key"))
        .isInstanceOf(InputException.class)
        .hasMessage("there is no key rnak; did you mean rank?");
    assertThatThrownBy(() -> Nearest.get(known, "dropout", "the record has no key"))
        .isInstanceOf(InputException.class)
        .hasMessage("the record has no key dropout; it has [alpha, rank]");
  }
}
