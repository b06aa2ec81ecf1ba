package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.json.JsonLines;
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
    JsonLines.read(
        file.path(), file.text(), (row, line) -> documents.add(document(file, line, row)));
    return documents;
  }

  private static Document document(DocumentFile file, int line, JsonField row) {
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
        .forEach(
            field ->
                questions.add(QuestionField.read(name + "/q" + (questions.size() + 1), field)));
    return questions;
  }
}
