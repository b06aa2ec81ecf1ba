package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.QuestionField;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.json.JsonLines;
import org.seal4j.data.squad.ImpossibleQuestions;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageReader;
import org.seal4j.data.squad.Question;

/** Questions of the user: JSON lines, or the JSON of SQuAD and SEAL. */
final class OwnQuestionsFile {
  private static final long MOST_BYTES = 1L << 26;

  /** Most characters of a question: a longer one is a text, and leaves no room for an answer. */
  private static final int LONGEST = 2000;

  private static final String EXAMPLE = "{\"question\": \"...\", \"answer\": \"...\"}";

  private OwnQuestionsFile() {}

  /**
   * All questions, in the order of the file.
   *
   * @throws org.seal4j.data.check.InputException naming file and line
   */
  static List<Asked> read(Path file) {
    List<Asked> all = new ArrayList<>();
    if (file.toString().endsWith(".json")) {
      for (Passage passage : PassageReader.read(file, ImpossibleQuestions.DROP)) {
        for (Question question : passage.questions()) {
          all.add(asked(file, "question " + question.id(), question));
        }
      }
    } else {
      JsonLines.read(
          file,
          TextFile.read(file, MOST_BYTES),
          (row, line) -> {
            Question question = QuestionField.read("line " + line, row);
            all.add(asked(file, "line " + line, question));
          });
    }
    Checks.require(!all.isEmpty(), "%s has no questions; write one a line: %s", file, EXAMPLE);
    return all;
  }

  private static Asked asked(Path file, String place, Question question) {
    int length = question.text().length();
    Checks.require(
        length <= LONGEST,
        "%s, %s: a question of %d characters, but %d are the most; shorten it, or put the text into a"
            + " document",
        file,
        place,
        length,
        LONGEST);
    return new Asked("", Asked.Origin.OWN, question.text(), question.answers());
  }
}
