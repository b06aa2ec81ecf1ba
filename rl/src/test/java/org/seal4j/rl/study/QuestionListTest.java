package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionListTest {
  @Test
  void a_line_is_a_question_up_to_its_first_mark_and_each_counts_once() {
    assertThat(
            QuestionList.read(
                " Who built it?\n\nHow long is it? A lot\nHow long is it?\nIt is long.\nWhen?"))
        .containsExactly("Who built it?", "How long is it?", "When?");
  }

  @Test
  void what_is_no_question_gives_none() {
    assertThat(QuestionList.read("")).isEmpty();
    assertThat(QuestionList.read("?\n?\nWho built\nno")).isEmpty();
  }
}
