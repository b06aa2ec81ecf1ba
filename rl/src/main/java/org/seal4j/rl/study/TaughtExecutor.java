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
    domain.teacher().forget();
    List<TeacherAnswers.Asked> asked = new ArrayList<>();
    for (EditJob<PassageContext, KnowledgeEdit> job : jobs) {
      ask(job, asked);
      job.rivals().forEach(rival -> ask(rival, asked));
    }
    domain.teacher().answer(asked);
    evaluated.evaluate(jobs, inJobOrder, finished);
  }

  private void ask(EditJob<PassageContext, KnowledgeEdit> job, List<TeacherAnswers.Asked> asked) {
    job.edit()
        .ifPresent(
            edit ->
                domain
                    .questions(edit)
                    .forEach(
                        question ->
                            asked.add(
                                new TeacherAnswers.Asked(job.context().passage(), question))));
  }
}
