package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.table.Row;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.rl.study.AnchorTexts;
import org.seal4j.rl.study.StudyQuestion;

/** What a bundle says of passages: where they stand, what they are to the model, and questions. */
final class BundleEntries {
  /** Questions of a passage that set the gate; each is read by the model once. */
  private static final int QUESTIONS = 4;

  private BundleEntries() {}

  /**
   * A passage with its adapter.
   *
   * @param trained its row of {@link TrainedTable}
   */
  static BundleEntry of(
      DocumentSet documents, DocumentPassage passage, Row trained, StateReader reader) {
    return new BundleEntry(
        passage.id(),
        document(documents, passage.id()),
        passage.title(),
        passage.source(),
        passage.text(),
        trained.string("adapter"),
        trained.int64("bytes"),
        trained.float64("canary"),
        reader.of(BundleEntry.whole(passage.title(), passage.text())));
  }

  /** The name of the file that a passage is of. */
  static String document(DocumentSet documents, String passage) {
    // Ids are the name of the file, perhaps a row of it, and a number.
    return documents.files().stream()
        .map(DocumentSet.ReadFile::name)
        .filter(name -> passage.startsWith(name + "/") || passage.startsWith(name + "#"))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse(passage);
  }

  /** The first questions of a passage that are trained on: those that are held out stay unseen. */
  static List<BundleQuestion> about(
      String passage, List<StudyQuestion> trained, StateReader reader) {
    List<BundleQuestion> questions = new ArrayList<>();
    trained.stream()
        .map(StudyQuestion::text)
        .distinct()
        .limit(QUESTIONS)
        .forEach(text -> questions.add(new BundleQuestion(passage, text, reader.of(text))));
    return questions;
  }

  /** Questions about nothing that a document says, none of which is in the examination. */
  static List<BundleQuestion> general(StateReader reader) {
    return AnchorTexts.generalQuestions().stream()
        .distinct()
        .map(text -> new BundleQuestion("", text, reader.of(text)))
        .toList();
  }
}
