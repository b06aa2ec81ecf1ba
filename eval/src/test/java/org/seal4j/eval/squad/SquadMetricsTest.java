package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class SquadMetricsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The Cat            | cat",
        "a  an   the        | ''",
        "An apple, a day.   | apple day",
        "theatre and anna   | theatre and anna",
        "U.S.A.             | usa",
        "well-known         | wellknown",
        "$5.50 (approx.)    | 550 approx",
        "Ünïcode STRASSE    | ünïcode strasse",
        "the élan vital     | élan vital",
        "á la carte         | á la carte",
        "“quoted”           | “quoted”",
        "semi\u00a0blank    | semi blank",
        "tab\tand\u2003wide | tab and wide",
        "file\u001cand\u001funit | file and unit"
      })
  void the_normal_form_is_the_official_one(String text, String normal) {
    assertThat(SquadMetrics.normalize(text)).isEqualTo(normal);
  }

  @Test
  void the_best_of_several_golds_counts() {
    List<String> golds = List.of("Denver Broncos", "Broncos", "The Broncos!");
    assertThat(SquadMetrics.exactMatch(golds, "the broncos")).isEqualTo(1);
    assertThat(SquadMetrics.exactMatch(golds, "Broncos of Denver")).isEqualTo(0);
    assertThat(SquadMetrics.f1(golds, "Broncos of Denver")).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void F1_counts_a_repeated_word_as_often_as_the_gold_has_it() {
    assertThat(SquadMetrics.f1(List.of("bora bora"), "bora")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(SquadMetrics.f1(List.of("bora"), "bora bora bora")).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void an_impossible_question_is_answered_by_saying_nothing() {
    assertThat(SquadMetrics.exactMatch(List.of(), "")).isEqualTo(1);
    assertThat(SquadMetrics.exactMatch(List.of(), " The. ")).isEqualTo(1);
    assertThat(SquadMetrics.f1(List.of(), "")).isEqualTo(1);
    assertThat(SquadMetrics.exactMatch(List.of(), "Rome")).isEqualTo(0);
    assertThat(SquadMetrics.f1(List.of(), "Rome")).isEqualTo(0);
  }

  @Test
  void a_gold_that_normalises_to_nothing_does_not_count_beside_a_real_one() {
    assertThat(SquadMetrics.exactMatch(List.of("the", "Rome"), "")).isEqualTo(0);
    assertThat(SquadMetrics.exactMatch(List.of("the"), "a")).isEqualTo(1);
  }

  @Test
  void exact_match_never_exceeds_F1_and_both_are_symmetric_and_in_bounds() {
    List<String> words = List.of("the", "red", "Red.", "blue", "a", "sky", "5", "", "ß", "—");
    long seed = Long.getLong("seal.test.seed", 3);
    Rng rng = Seeds.of(seed).child("metrics").rng();
    for (int i = 0; i < 5_000; i++) {
      String left = rng.pick(words) + " " + rng.pick(words) + " " + rng.pick(words);
      String right = rng.pick(words) + " " + rng.pick(words) + " " + rng.pick(words);
      double em = SquadMetrics.exactMatch(List.of(left), right);
      double f1 = SquadMetrics.f1(List.of(left), right);
      String said = "seed %d: '%s' and '%s'".formatted(seed, left, right);
      assertThat(em).as(said).isLessThanOrEqualTo(f1).isBetween(0.0, 1.0);
      assertThat(f1).as(said).isLessThanOrEqualTo(1);
      assertThat(SquadMetrics.f1(List.of(right), left)).as(said).isCloseTo(f1, within(1e-12));
      assertThat(SquadMetrics.exactMatch(List.of(left), left)).as(said).isEqualTo(1);
    }
  }
}
