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
          all.add(asked(question.text(), question.answers()));
        }
      }
    } else {
      JsonLines.read(
          file,
          TextFile.read(file, MOST_BYTES),
          (row, line) -> {
            Question question = QuestionField.read("line " + line, row);
            all.add(asked(question.text(), question.answers()));
          });
    }
    Checks.require(!all.isEmpty(), "%s has no questions; write one a line: %s", file, EXAMPLE);
    return all;
  }

  private static Asked asked(String question, List<String> golds) {
    return new Asked("", Asked.Origin.OWN, question, golds);
  }
}
