package org.seal4j.eval.squad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.squad.Question;

class OfflineGraderTest {
  @ParameterizedTest
  @EnumSource(OfflineGrader.class)
  void the_gold_answer_itself_is_right_and_a_blank_one_is_wrong(OfflineGrader grader) {
    for (String gold : List.of("Rome", "in 1,200 BC", "x-ray", "五", "to be")) {
      assertThat(grader.grade("where?", List.of(gold), gold)).as(gold).isEqualTo(1);
    }
    assertThat(grader.grade("where?", List.of("Rome"), " \n")).isEqualTo(0);
    assertThat(grader.grade("where?", List.of("Rome"), "in Paris")).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource(OfflineGrader.class)
  void an_impossible_question_is_answered_by_saying_nothing(OfflineGrader grader) {
    Question impossible = new Question("q", "who?", List.of(), true);
    assertThat(grader.grade(impossible, "")).isEqualTo(1);
    assertThat(grader.grade(impossible, "Nobody")).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource(OfflineGrader.class)
  void any_accepted_answer_will_do(OfflineGrader grader) {
    assertThat(grader.grade("who?", List.of("Ann", "Bob Smith"), "Bob Smith")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A       | A                         | 1",
        "A       | Type A.                   | 1",
        "A       | It was a vitamin.         | 0",
        "A       | She is an Athenian.       | 0",
        "An      | The island of An.         | 1",
        "an      | An apple fell.            | 0",
        "The The | It was The The, I think.  | 1",
        "The The | The band.                 | 0",
        "The The | by the the.               | 0",
        "the, a  | They are the, a and an.   | 1",
        "'A'     | It was A.                 | 1",
        "A+      | She has A+.               | 1",
        "A+      | She has A.                | 0",
        "À       | a                         | 0"
      })
  void a_gold_of_nothing_but_articles_must_stand_in_the_answer_as_it_is_written(
      String gold, String answer, double verdict) {
    for (OfflineGrader grader : List.of(OfflineGrader.CONTAINMENT, OfflineGrader.TOKEN_RECALL)) {
      assertThat(grader.grade("Which vitamin was it, the A?", List.of(gold), answer))
          .as(grader.label())
          .isEqualTo(verdict);
      assertThat(grader.grade("Which?", List.of(gold, "iron"), "It was Iron.")).isEqualTo(1);
    }
  }

  @Test
  void the_names_are_those_of_recipes() {
    assertThat(OfflineGrader.values())
        .extracting(OfflineGrader::label)
        .containsExactly("exact-match", "f1", "containment", "token-recall");
    assertThat(TokenRecall.calibrated().label()).isEqualTo("token-recall");
  }

  @Nested
  class Containment_in_a_sentence {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "William Tyndale | It was William Tyndale's idea.            | 1",
          "William Tyndale | It was Tyndale, William.                  | 0",
          "the Danes       | by Danes                                  | 1",
          "1,500 men       | about 1500 men                            | 1",
          "art             | an article                                | 0",
          "Müller          | MULLER said so                            | 1"
        })
    void needs_the_words_next_to_each_other(String gold, String answer, double verdict) {
      assertThat(OfflineGrader.CONTAINMENT.grade("?", List.of(gold), answer)).isEqualTo(verdict);
    }
  }

  @Nested
  class Token_recall {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Where did they work?      | farms                  | They worked as farmhands.        | 1",
          "How many studies?         | fifty                  | Over 50 studies show it.         | 1",
          "How many studies?         | 50                     | Over fifty studies show it.      | 1",
          "When was it?              | 190 BC                 | It was in 190 BCE.               | 1",
          "When was it?              | 1959                   | It was in the 1960s.             | 0",
          "When was it?              | May 1959               | It was in May.                   | 0",
          "When was it?              | 5th of May             | On May 5.                        | 1",
          "Which law is Avogadro's?  | Avogadro's gas law     | It is about gas.                 | 1",
          "Which law is it?          | Avogadro's gas law     | It is about gas.                 | 0",
          "Who opened it?            | King George and Queen Mary | King George opened it.       | 0",
          "What do they do?          | Nationalisation of railways | They nationalise railways.  | 1",
          "Who is Ann?               | Ann                    | She is Ann.                      | 1",
          "Who?                      | To be or not to be     | To be or not to be!              | 1",
          "Who?                      | ...                    | ...                              | 0"
        })
    void asks_for_the_new_content_of_the_gold(
        String question, String gold, String answer, double verdict) {
      assertThat(OfflineGrader.TOKEN_RECALL.grade(question, List.of(gold), answer))
          .isEqualTo(verdict);
    }

    @Test
    void is_right_wherever_containment_is() {
      for (String gold :
          List.of("of the people", "42", "Great Britain", "well-known 3rd-class act")) {
        String answer = "It is said that " + gold + " was meant.";
        assertThat(OfflineGrader.CONTAINMENT.grade("what?", List.of(gold), answer)).isEqualTo(1);
        assertThat(OfflineGrader.TOKEN_RECALL.grade("what?", List.of(gold), answer)).isEqualTo(1);
      }
    }

    @Test
    void grows_stricter_with_its_threshold() {
      String answer = "red and blue";
      List<String> golds = List.of("red blue green grey");
      assertThat(new TokenRecall(0.5).grade("?", golds, answer)).isEqualTo(1);
      assertThat(new TokenRecall(0.51).grade("?", golds, answer)).isEqualTo(0);
      assertThatThrownBy(() -> new TokenRecall(0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("(0, 1]");
    }
  }
}
