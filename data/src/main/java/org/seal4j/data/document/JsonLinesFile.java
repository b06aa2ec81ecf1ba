package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.squad.Question;

/**
 * Reads JSON lines, an object a line: {@code text}, perhaps {@code title}, perhaps {@code
 * questions}, a list of {@code question} with {@code answer} or {@code answers}. Other keys do not
 * matter.
 */
final class JsonLinesFile {
  private JsonLinesFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    List<Document> documents = new ArrayList<>();
    int line = 0;
    for (String content : file.text().split("\n", -1)) {
      line++;
      if (!content.isBlank()) {
        documents.add(document(file, line, content));
      }
    }
    return documents;
  }

  private static Document document(DocumentFile file, int line, String content) {
    Checks.require(
        line > 1 || !content.stripLeading().startsWith("["),
        "%s is a JSON list, but JSON lines are expected, one object a line; to make them of it: jq -c"
            + " '.[]' FILE",
        file.path());
    JsonField row = JsonField.inside(file.path(), "line " + line, content);
    row.objectWithMore(List.of("text"), List.of("title", "questions"));
    String name = file.name() + "#" + line;
    String title = CleanText.oneLine(row.text("title", ""));
    return new Document(
        name,
        file.name(),
        title.isEmpty() ? file.title() : title,
        PlainText.section(row.member("text").words(), new Place("line", line)),
        questions(name, row));
  }

  private static List<Question> questions(String name, JsonField row) {
    List<Question> questions = new ArrayList<>();
    row.optional("questions").stream()
        .flatMap(list -> list.list("a list of questions").stream())
        .forEach(field -> questions.add(question(name + "/q" + (questions.size() + 1), field)));
    return questions;
  }

  private static Question question(String id, JsonField field) {
    field.objectWithMore(List.of("question"), List.of("answer", "answers"));
    if (field.has("answer") == field.has("answers")) {
      throw field.refuse("an object with 'question' and either 'answer' or 'answers'");
    }
    List<String> answers =
        field.has("answer")
            ? List.of(CleanText.oneLine(field.member("answer").words()))
            : field.member("answers").items("a list of answers").stream()
                .map(answer -> CleanText.oneLine(answer.words()))
                .distinct()
                .toList();
    return new Question(id, CleanText.oneLine(field.member("question").words()), answers, false);
  }
}
