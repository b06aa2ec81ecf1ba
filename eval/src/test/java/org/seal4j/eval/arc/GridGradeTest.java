package org.seal4j.eval.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.InputException;

class GridGradeTest {
  private static final Grid TRUTH = Grid.parse("12/34");
  private static final Candidate RIGHT = Candidate.of("identity", TRUTH);
  private static final Candidate WRONG = Candidate.of("identity", Grid.parse("12/33"));

  @Test
  void a_right_answer_alone_is_right_in_every_sense() {
    GridGrade grade = GridGrade.of(List.of(RIGHT), TRUTH);
    assertThat(grade).isEqualTo(new GridGrade(true, true, true, List.of(TRUTH), 1.0));
  }

  @Test
  void voting_can_repair_a_wrong_plain_answer() {
    GridGrade grade = GridGrade.of(List.of(WRONG, RIGHT, RIGHT), TRUTH);
    assertThat(grade.exact()).isFalse();
    assertThat(grade.pass1()).isTrue();
  }

  @Test
  void the_second_attempt_counts_for_pass_at_2_alone() {
    GridGrade grade = GridGrade.of(List.of(WRONG, WRONG, RIGHT), TRUTH);
    assertThat(grade.pass1()).isFalse();
    assertThat(grade.pass2()).isTrue();
  }

  @Test
  void an_answer_of_another_size_is_wrong() {
    GridGrade grade = GridGrade.of(List.of(Candidate.of("identity", Grid.parse("1234"))), TRUTH);
    assertThat(grade.pass2()).isFalse();
  }

  @Test
  void undecodable_answers_are_wrong_and_counted() {
    Candidate none = Candidate.undecodable("identity");
    GridGrade grade = GridGrade.of(List.of(none, RIGHT, none, none), TRUTH);
    assertThat(grade.exact()).isFalse();
    assertThat(grade.pass1()).isTrue();
    assertThat(grade.decodable()).isEqualTo(0.25);
  }

  @Test
  void no_answers_at_all_are_refused() {
    assertThatThrownBy(() -> GridGrade.of(List.of(), TRUTH)).isInstanceOf(InputException.class);
  }
}
