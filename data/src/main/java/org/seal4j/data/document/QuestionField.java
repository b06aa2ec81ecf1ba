package org.seal4j.data.document;

import java.util.List;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.squad.Question;

/**
 * A question with its answer as people write it in JSON: {@code question} with {@code answer} or
 * {@code answers}. Other keys do not matter, unless one looks like a misspelling of these.
 */
public final class QuestionField {
  private static final String ANSWER = "answer";
  private static final String ANSWERS = "answers";

  private QuestionField() {}

  /**
   * The question, each of its texts in one line.
   *
   * @throws org.seal4j.data.check.InputException naming file and place, where it has no answer or
   *     both keys of one
   */
  public static Question read(String id, JsonField field) {
    field.objectWithMore(List.of("question"), List.of(ANSWER, ANSWERS));
    if (field.has(ANSWER) == field.has(ANSWERS)) {
      throw field.refuse("an object with 'question' and either 'answer' or 'answers'");
    }
    List<String> answers =
        field.has(ANSWER)
            ? List.of(CleanText.oneLine(field.member(ANSWER).words()))
            : field.member(ANSWERS).items("a list of answers").stream()
                .map(answer -> CleanText.oneLine(answer.words()))
                .distinct()
                .toList();
    return new Question(id, CleanText.oneLine(field.member("question").words()), answers, false);
  }
}
