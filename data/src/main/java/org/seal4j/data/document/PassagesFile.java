package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageReader;

/**
 * Reads the JSON of SQuAD and of SEAL. Questions that a passage does not answer are passed over.
 */
final class PassagesFile {
  private PassagesFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    file.text(); // says what is wrong with a file that is no text
    List<Document> documents = new ArrayList<>();
    for (Passage passage : PassageReader.read(file.path(), ImpossibleQuestions.DROP)) {
      int number = documents.size() + 1;
      String title = passage.title().isBlank() ? file.title() : passage.title();
      documents.add(
          new Document(
              file.name() + "#" + number,
              file.name(),
              title,
              PlainText.section(passage.context(), new Place("passage", number)),
              passage.questions()));
    }
    return documents;
  }
}
