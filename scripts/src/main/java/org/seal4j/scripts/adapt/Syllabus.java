package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.rl.study.Answered;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.StudyQuestion;
import org.seal4j.rl.study.StudyRows;

/**
 * What is trained on, and what is asked: of what a model wrote about passages, some questions are
 * held out.
 *
 * @param recipe says how many, and what rows are made of the others
 * @param passages in their order
 * @param written about each
 */
record Syllabus(
    AdaptKeys recipe, List<DocumentPassage> passages, List<WritingLog.Written> written) {

  /** The passage as the model reads it. */
  static Passage passage(DocumentPassage passage) {
    return new Passage(passage.id(), passage.title(), passage.text(), passage.questions());
  }

  /** How many questions of a passage are held out: of those that are trained on never all. */
  private int heldOut(WritingLog.Written about) {
    int all = about.questions().size();
    int wanted = recipe.questions().heldOut();
    if (!recipe.study().asks()) {
      return all;
    }
    int share = wanted * all / Math.max(1, recipe.questions().count() + wanted);
    return Math.min(wanted, all < 2 ? 0 : Math.max(1, share));
  }

  /** Questions of the model about a passage that are trained on. */
  List<StudyQuestion> trained(int passage) {
    List<StudyQuestion> all = written.get(passage).questions();
    return all.subList(heldOut(written.get(passage)), all.size());
  }

  /** Questions of the model that are not trained on, the first ones of each passage. */
  int heldOut(int passage) {
    return heldOut(written.get(passage));
  }

  /** Rows about a passage that are trained on, besides the passage itself. */
  int trainedRows(int passage) {
    return trained(passage).size() + written.get(passage).texts().size();
  }

  /** What is trained on of each passage. */
  List<StudyBatches.Material> material(StudyForm form) {
    StudyRows rows = new StudyRows(form);
    Set<StudyMethod> methods = recipe.study().methods();
    List<StudyBatches.Material> all = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      List<TokenSequence> text =
          methods.contains(StudyMethod.TEXT)
              ? List.of(rows.passage(passage(passages.get(i))))
              : List.of();
      List<TokenSequence> others = new ArrayList<>();
      for (StudyQuestion question : trained(i)) {
        for (Answered answer : recipe.questions().answers().of(question)) {
          if (methods.contains(StudyMethod.DISTILL)) {
            others.add(rows.distilled(question.text(), answer));
          } else if (methods.contains(StudyMethod.SELF_QA)) {
            others.add(rows.answered(question.text(), answer));
          }
        }
      }
      written.get(i).texts().forEach(about -> others.add(rows.text(about)));
      all.add(new StudyBatches.Material(text, others));
    }
    return all;
  }

  /**
   * All that is asked: held-out questions of the model, those of the documents and of the user, and
   * general ones.
   */
  List<Asked> questions(List<Asked> own) {
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      String id = passages.get(i).id();
      for (StudyQuestion q : written.get(i).questions().subList(0, heldOut(i))) {
        all.add(new Asked(id, Asked.Origin.SELF_MADE, q.text(), List.of(q.answer().text())));
      }
      for (Question question : passages.get(i).questions()) {
        if (!question.impossible()) {
          all.add(new Asked(id, Asked.Origin.OWN, question.text(), question.answers()));
        }
      }
    }
    all.addAll(own);
    all.addAll(GeneralAbility.questions());
    return all;
  }
}
