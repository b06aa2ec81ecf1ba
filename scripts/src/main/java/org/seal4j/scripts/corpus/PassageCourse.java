package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudiedEdit;
import org.seal4j.rl.study.StudyCourse;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyWriting;

/**
 * What the adapter of a passage is trained on: what the course makes of what was written about it,
 * and the passage as it is where that gives nothing.
 *
 * @param domain of the course
 * @param seeds of the run
 */
record PassageCourse(StudyDomain domain, Seeds seeds) {

  /** Has the questions about these passages answered; needed before the rest. */
  void teach(List<Passage> passages, List<KnowledgeEdit> edits) {
    List<StudyDomain.Written> written = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      written.add(new StudyDomain.Written(new PassageContext(passages.get(i)), edits.get(i)));
    }
    domain.teach(written);
  }

  /** The training of one passage. */
  InnerLoopTask task(Passage passage, KnowledgeEdit edit) {
    PassageContext context = new PassageContext(passage);
    return domain
        .training(context, edit, seeds(passage))
        .or(() -> alone().training(context, KnowledgeEdit.none(), seeds(passage)))
        .orElseThrow();
  }

  /** What it is trained on, for a person. */
  StudiedEdit studied(Passage passage, KnowledgeEdit edit) {
    return domain.studied(
        new PassageContext(passage), edit, List.of(seeds(passage)), domain.course().steps());
  }

  private Seeds seeds(Passage passage) {
    return seeds.child("passage", passage.id()).child("inner");
  }

  private StudyDomain alone() {
    StudyCourse own = domain.course();
    return new StudyDomain(
        domain.form(),
        new StudyCourse(
            StudyWriting.NOTHING,
            true,
            false,
            own.steps(),
            own.batch(),
            own.learningRate(),
            own.questions(),
            own.filter()),
        domain.editTokens(),
        domain.examiner(),
        domain.teacher());
  }
}
