package org.seal4j.data.squad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.json.JsonField;

/**
 * The JSON of SQuAD: articles of paragraphs of questions of answers with their places. Files of
 * this form often carry more, such as scores; what is not used is passed over.
 */
final class SquadJson {
  private static final List<String> NOTES = List.of("version");

  private SquadJson() {}

  static List<Passage> passages(JsonField whole, PassageReader reader) {
    whole.objectWithMore(List.of("data"), NOTES);
    List<Passage> passages = new ArrayList<>();
    for (JsonField article : whole.member("data").items("a list of articles")) {
      article.objectWithMore(List.of("title", "paragraphs"), List.of());
      String title = PassageReader.title(article.member("title"));
      for (JsonField paragraph : article.member("paragraphs").items("a list of paragraphs")) {
        passages.add(passage(title, paragraph, reader));
      }
    }
    return passages;
  }

  private static Passage passage(String title, JsonField paragraph, PassageReader reader) {
    paragraph.objectWithMore(List.of("context", "qas"), List.of());
    String context = paragraph.member("context").words();
    List<Question> questions = new ArrayList<>();
    for (JsonField question : paragraph.member("qas").list("a list of questions")) {
      question(question, context, reader).ifPresent(questions::add);
    }
    return new Passage(reader.passageId(title), title, context.strip(), questions);
  }

  private static Optional<Question> question(
      JsonField field, String context, PassageReader reader) {
    field.objectWithMore(
        List.of("id", "question", "answers"), List.of("is_impossible", "plausible_answers"));
    JsonField idField = field.member("id");
    String id = reader.questionId(idField, idField.words());
    String text = field.member("question").words().strip();
    boolean impossible = field.optional("is_impossible").map(JsonField::bool).orElse(false);
    List<JsonField> answers = field.member("answers").list("a list of answers");
    if (impossible != answers.isEmpty()) {
      throw field
          .member("answers")
          .refuse(impossible ? "no answer, as is_impossible is true" : "at least one answer");
    }
    if (impossible && !reader.keepsImpossible(field.member("is_impossible"))) {
      return Optional.empty();
    }
    List<String> texts =
        answers.stream().map(answer -> answer(answer, context)).distinct().toList();
    return Optional.of(new Question(id, text, texts, impossible));
  }

  /** The text of an answer, which must stand where it says; offsets count code points. */
  private static String answer(JsonField field, String context) {
    field.objectWithMore(List.of("text", "answer_start"), List.of());
    String text = field.member("text").words();
    JsonField start = field.member("answer_start");
    int length = context.codePointCount(0, context.length());
    int from = start.count();
    if (from > length || !context.startsWith(text, context.offsetByCodePoints(0, from))) {
      throw start.refuse("the place of '%s' in the passage".formatted(text));
    }
    return text.strip();
  }
}
