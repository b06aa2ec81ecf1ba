package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * Has the teacher answer the questions of all edits before they are evaluated, together, so that
 * edits of one passage share what it reads.
 *
 * @param domain of the edits
 * @param evaluated trains and examines
 */
public record TaughtExecutor(StudyDomain domain, Executor<PassageContext, KnowledgeEdit> evaluated)
    implements Executor<PassageContext, KnowledgeEdit> {

  @Override
  public void evaluate(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    List<StudyDomain.Written> edits = new ArrayList<>();
    for (EditJob<PassageContext, KnowledgeEdit> job : jobs) {
      ask(job, edits);
      job.rivals().forEach(rival -> ask(rival, edits));
    }
    domain.teach(edits);
    evaluated.evaluate(jobs, inJobOrder, finished);
  }

  private static void ask(
      EditJob<PassageContext, KnowledgeEdit> job, List<StudyDomain.Written> edits) {
    job.edit().ifPresent(edit -> edits.add(new StudyDomain.Written(job.context(), edit)));
  }
}
