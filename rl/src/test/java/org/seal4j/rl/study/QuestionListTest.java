package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionListTest {
  @Test
  void questions_are_read_with_answers_between_them_or_without() {
    assertThat(
            QuestionList.read(
                " Who built it?\nAnswer: Clara Voss\n\nQuestion: How long is it? A lot\n"
                    + "question: How long is it?\nWhen was it built?\nIt is long.",
                9))
        .containsExactly("Who built it?", "How long is it?", "When was it built?");
  }

  @Test
  void another_passage_ends_the_list_and_so_does_the_number() {
    assertThat(QuestionList.read("Who?\nContext: Mill\nQuestion: What?", 9))
        .containsExactly("Who?");
    assertThat(QuestionList.read("Who was it?\nWhat was it?\nWhen was it?", 2)).hasSize(2);
  }

  @Test
  void what_is_no_question_gives_none() {
    assertThat(QuestionList.read("", 3)).isEmpty();
    assertThat(QuestionList.read("?\nQuestion: ?\nAnswer: why?\nno", 3)).isEmpty();
  }
}
