package org.seal4j.data.squad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TwoHopQuestionTest {
  private static final Question FOUNDED =
      Question.of("q1", "Who founded the order?", "Benedict of Nursia");
  private static final Question DIED =
      Question.of("q2", "When did Benedict of Nursia die?", "in 547");

  private static Passage passage(String id, String context, Question... questions) {
    return new Passage(id, "Orders", context, List.of(questions));
  }

  private static Passage order(Question... questions) {
    return passage("order", "The order was founded by Benedict of Nursia.", questions);
  }

  private static Passage life(Question... questions) {
    return passage("life", "Benedict of Nursia died in 547.", questions);
  }

  private static List<String> made(Passage... passages) {
    return TwoHopQuestion.of(List.of(passages)).stream().map(one -> one.question().text()).toList();
  }

  @Test
  void the_name_in_one_question_becomes_the_question_that_it_answers() {
    List<TwoHopQuestion> found = TwoHopQuestion.of(List.of(order(FOUNDED), life(DIED)));
    assertThat(found).hasSize(1);
    TwoHopQuestion one = found.get(0);
    assertThat(one.first().id()).isEqualTo("order");
    assertThat(one.second().id()).isEqualTo("life");
    assertThat(one.question().id()).isEqualTo("q2 after q1");
    assertThat(one.question().text())
        .isEqualTo("When did the answer to 'Who founded the order?' die?");
    assertThat(one.question().answers()).containsExactly("in 547");
    assertThat(made(life(DIED), order(FOUNDED))).hasSize(1);
  }

  @Test
  void a_question_that_begins_with_the_name_begins_with_a_capital() {
    Question begins = Question.of("q3", "Benedict of Nursia died when?", "in 547");
    assertThat(made(order(FOUNDED), life(begins)))
        .containsExactly("The answer to 'Who founded the order?' died when?");
  }

  @Test
  void one_passage_alone_makes_none() {
    assertThat(made(order(FOUNDED, DIED))).isEmpty();
  }

  @Test
  void what_is_no_name_is_no_bridge() {
    for (String answer :
        List.of("in 1990", "the Abbot", "Rome", "a founder", "Benedict of nursia")) {
      Question founded = Question.of("q1", "Who founded the order?", answer);
      Question died = Question.of("q2", "When did " + answer + " die?", "in 547");
      assertThat(made(order(founded), life(died))).as(answer).isEmpty();
    }
  }

  @Test
  void the_name_must_stand_once_as_whole_words() {
    Question part = Question.of("q2", "When did Benedict of Nursian die?", "in 547");
    Question twice =
        Question.of("q2", "When did Benedict of Nursia, Benedict of Nursia, die?", "in 547");
    Question none = Question.of("q2", "When did he die?", "in 547");
    assertThat(made(order(FOUNDED), life(part, twice, none))).isEmpty();
  }

  @Test
  void the_first_passage_must_not_say_the_answer() {
    Passage both = passage("order", "The order was founded by Benedict, who died in 547.", FOUNDED);
    assertThat(made(both, life(DIED))).isEmpty();
  }

  @Test
  void a_question_that_says_the_name_or_an_answer_that_holds_it_makes_none() {
    Question says = Question.of("q1", "Who was Benedict of Nursia?", "Benedict of Nursia");
    assertThat(made(order(says), life(DIED))).isEmpty();
    Question holds =
        Question.of("q2", "Which rule is of Benedict of Nursia?", "Rule of Benedict of Nursia");
    assertThat(made(order(FOUNDED), life(holds))).isEmpty();
  }

  @Test
  void a_title_of_an_article_is_no_bridge() {
    Passage titled = new Passage("life", "Benedict of Nursia", "He died in 547.", List.of(DIED));
    assertThat(made(order(FOUNDED), titled)).isEmpty();
  }

  @Test
  void an_impossible_question_makes_none() {
    Question impossible = new Question("q2", "When did Benedict of Nursia sing?", List.of(), true);
    assertThat(made(order(FOUNDED), life(impossible))).isEmpty();
  }
}
