package org.seal4j.scripts.adapt;

import java.util.List;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.table.Row;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;

/**
 * What a run has before the training.
 *
 * @param documents that were read
 * @param syllabus what is trained on of each passage, and what is asked
 * @param learned a row for each passage
 * @param exam what is asked
 * @param before the answers of the model as it is
 * @param inContext its answers with the passage in front
 */
record Prepared(
    DocumentSet documents,
    Syllabus syllabus,
    List<Row> learned,
    Examination exam,
    Examination.Paper before,
    InContext inContext) {
  Prepared {
    learned = List.copyOf(learned);
  }

  /** The passages that are learned. */
  List<DocumentPassage> passages() {
    return syllabus.passages();
  }

  /** Writes the table of the answers, and says what was found. */
  Findings findings(
      Lab lab,
      AdaptKeys recipe,
      Examination.Paper after,
      Verdict verdict,
      AdaptFindings.Studied studied,
      boolean kept) {
    List<Row> answers = AdaptTables.answers(before, inContext, after);
    lab.table("answers", AdaptTables.ANSWERS, answers);
    return new AdaptFindings(
            recipe,
            documents,
            learned,
            before,
            inContext,
            after,
            verdict,
            lab.seeds().child("adapt"))
        .of(studied, answers, kept);
  }
}
