package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.rl.study.QuestionReply.Draft;

/** Replies of other models as they come: in lists, in fences, between remarks, and broken. */
class QuestionReplyTest {
  private static final String ONE =
      "{\"kind\": \"number\", \"question\": \"When did it burn?\", \"answer\": \"1911\","
          + " \"sentence\": \"It burned in 1911.\"}";
  private static final String TWO =
      "{\"kind\": \"Cause\", \"question\": \"Why {so}?\", \"answer\": \"a \\\"fire\\\"\"}";
  private static final Draft FIRST =
      new Draft(QuestionKind.NUMBER, "When did it burn?", "1911", "It burned in 1911.");
  private static final Draft SECOND = new Draft(QuestionKind.CAUSE, "Why {so}?", "a \"fire\"", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        ONE + "\n" + TWO,
        "[" + ONE + ",\n" + TWO + "]",
        "```json\n[" + ONE + "," + TWO + ",]\n```",
        "Here they are:\n1. " + ONE + "\n2. " + TWO + "\nI hope that helps.",
        "{\"questions\": [" + ONE + ", " + TWO + "]}",
        "{\"a\": {\"b\": [" + ONE + " " + TWO
      })
  void every_usual_form_is_read(String reply) {
    QuestionReply.Read read = QuestionReply.read(reply);
    assertThat(read.drafts()).containsExactly(FIRST, SECOND);
    assertThat(read.broken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\": \"fact\", \"question\": \"Who",
        "{\"kind\": \"fact\", \"question\": \"Who\n",
        "{\"question\": \"Who?\", }",
        "{\"question\": \"Who?\", \"answer\": \"\"}",
        "{\"question\": \"Who?\", \"answer\": [\"Maud\"]}",
        "{\"question\": 'Who?', answer: Maud}",
        "{\"question\": \"Who?\", \"answer\": \"Maud\" \"x\"}",
        "{\"question\": \"Who?\", \"answer\": "
      })
  void what_is_broken_is_passed_over_and_counted(String broken) {
    QuestionReply.Read read = QuestionReply.read(ONE + "\n" + broken + "\n" + TWO);
    assertThat(read.drafts()).containsExactly(FIRST, SECOND);
    assertThat(read.broken()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "I cannot do that.", "[]", "null", "}}}"})
  void a_reply_without_questions_has_none(String reply) {
    assertThat(QuestionReply.read(reply)).isEqualTo(new QuestionReply.Read(java.util.List.of(), 0));
  }

  @Test
  void control_characters_and_line_breaks_become_blanks() {
    String reply =
        "{\"question\": \" Who\\n\\u001b[2J  was\\u2028it?\", \"answer\": \"Maud\\tFerris\\u0000\"}";
    assertThat(QuestionReply.read(reply).drafts())
        .containsExactly(new Draft(QuestionKind.FACT, "Who [2J was it?", "Maud Ferris", ""));
  }

  @Test
  void texts_without_end_are_left_out() {
    String reply = ONE.replace("1911\",", "1".repeat(700) + "\",");
    assertThat(QuestionReply.read(reply).drafts()).isEmpty();
    assertThat(QuestionReply.read(reply).broken()).isEqualTo(1);
    assertThat(QuestionReply.read((ONE + "\n").repeat(900)).drafts()).hasSize(200);
  }

  /** A reader that tries every beginning to the end of the text would not come to its end. */
  @Test
  @Timeout(60)
  void a_hostile_reply_is_read_in_one_pass() {
    String opening = "{\"question\": \"";
    for (String piece : new String[] {"{", "{\"", "{\"\\", opening, "[{", "{[["}) {
      String reply = piece.repeat(400_000 / piece.length()) + "\n" + ONE;
      assertThat(QuestionReply.read(reply).drafts().size()).as(piece).isLessThanOrEqualTo(1);
    }
  }
}
