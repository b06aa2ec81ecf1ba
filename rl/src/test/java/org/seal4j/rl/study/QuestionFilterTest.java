package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.squad.Passage;

class QuestionFilterTest {
  private static final Passage PASSAGE =
      new Passage(
          "orchard/1",
          "Orchard",
          "The orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears and quinces.",
          List.of());

  private final QuestionFilter filter = new QuestionFilter(PASSAGE, FilterLevel.USEFUL);

  @ParameterizedTest
  @CsvSource({
    "Who planted the orchard of Tarn Hill, NO_QUESTION",
    "Who planted it?, LENGTH",
    "What does the text above say about the orchard?, POINTS_TO_TEXT",
    "Who wrote the song about trains?, OTHER_SUBJECT",
    "The orchard of Tarn Hill was planted in 1902?, COPY",
  })
  void a_useless_question_is_rejected_with_its_reason(String question, Rejection reason) {
    assertThat(filter.question(question)).contains(reason);
  }

  @Test
  void a_good_question_passes_once() {
    assertThat(filter.question("Who planted the orchard of Tarn Hill?")).isEmpty();
    assertThat(filter.question("Who planted the orchard of Tarn Hill?"))
        .contains(Rejection.REPEATED);
    assertThat(filter.question("who planted the Orchard of Tarn hill?"))
        .contains(Rejection.REPEATED);
  }

  @Test
  void where_all_answered_ones_are_trained_on_only_an_answer_is_needed_and_no_repetition() {
    QuestionFilter all = new QuestionFilter(PASSAGE, FilterLevel.ANSWERED);
    assertThat(all.question("Who wrote the song about trains")).contains(Rejection.NO_QUESTION);
    assertThat(all.question("Who wrote the song about trains?")).isEmpty();
    assertThat(all.question("Who wrote the song about trains?")).contains(Rejection.REPEATED);
    assertThat(all.question("Who planted it?")).isEmpty();
    assertThat(all.answer(answered("Who wrote it?", "Oliver Stone", true))).isEmpty();
    assertThat(all.answer(answered("Who wrote it?", "Oliver Stone", false)))
        .contains(Rejection.NO_ANSWER);
    assertThat(all.answer(answered("Who wrote it?", " ", true))).contains(Rejection.NO_ANSWER);
  }

  private static StudyQuestion answered(String question, String answer, boolean ended) {
    return new StudyQuestion(
        "orchard/1", QuestionKind.FACT, question, new Answered(answer, new int[] {1}, ended, null));
  }

  private Optional<Rejection> answer(String question, String answer) {
    return filter.answer(answered(question, answer, true));
  }

  @Test
  void an_answer_must_stand_in_the_passage_and_not_in_the_question() {
    assertThat(answer("Who planted the orchard?", "Maud Ferris")).isEmpty();
    assertThat(answer("Who planted the orchard?", "Oliver Stone"))
        .contains(Rejection.NOT_IN_PASSAGE);
    assertThat(answer("When was the orchard planted?", "in 1920"))
        .contains(Rejection.NOT_IN_PASSAGE);
    assertThat(answer("What grows in the orchard of Tarn Hill?", "Tarn Hill"))
        .contains(Rejection.SAID_BY_QUESTION);
    assertThat(answer("Who planted the orchard?", "")).contains(Rejection.NO_ANSWER);
    assertThat(filter.answer(answered("Who planted the orchard?", "Maud Ferris", false)))
        .contains(Rejection.NO_ANSWER);
  }

  @Test
  void what_the_model_knows_without_the_passage_is_not_learned() {
    StudyQuestion question = answered("Who planted the orchard?", "Maud Ferris", true);
    assertThat(filter.known(question, "It was Maud Ferris, I think.")).contains(Rejection.KNOWN);
    assertThat(filter.known(question, "A farmer.")).isEmpty();
  }
}
