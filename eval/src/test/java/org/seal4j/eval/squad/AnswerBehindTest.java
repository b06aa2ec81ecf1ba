package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerBehindTest {
  private static final AnswerBehind GRADER =
      new AnswerBehind(OfflineGrader.EXACT_MATCH, "Final answer:");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rome fell late. Final answer: 476      | 1",
        "It was 476.                            | 0",
        "476                                    | 0",
        "Final answer: 410                      | 0",
        "It was 476. Final answer: 410          | 0",
        "Final answer: 476 Final answer: 410    | 0",
        "final answer: 476                      | 0"
      })
  void only_what_follows_the_first_marker_counts(String written, double grade) {
    assertThat(GRADER.grade("When did it fall?", List.of("476"), written)).isEqualTo(grade);
  }

  @Test
  void without_a_marker_not_even_silence_is_right() {
    assertThat(GRADER.grade("Who?", List.of(), "Hm.")).isZero();
    assertThat(GRADER.grade("Who?", List.of(), "Hm. Final answer:")).isEqualTo(1);
  }

  @Test
  void reports_say_what_counted() {
    assertThat(GRADER.label()).isEqualTo("exact-match of what follows 'Final answer:'");
  }
}
