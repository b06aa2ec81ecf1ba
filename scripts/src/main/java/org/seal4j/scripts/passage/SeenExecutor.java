package org.seal4j.scripts.passage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * Evaluates what it has not seen. The first round's edits are the same whatever rule will choose
 * among them, and an outcome is a pure function of weights, context, edit and seeds; so one
 * evaluation serves all rules, as long as the weights are those of the start.
 */
final class SeenExecutor implements Executor<PassageContext, KnowledgeEdit> {
  private final Executor<PassageContext, KnowledgeEdit> executor;
  private final Map<Seen, Outcome> outcomes = new HashMap<>();

  private record Seen(String contextId, String edit, Seeds seeds) {}

  SeenExecutor(Executor<PassageContext, KnowledgeEdit> executor) {
    this.executor = executor;
  }

  /** Keeps what these rows of a first round say; the seeds tell them from any other round's. */
  void remember(List<EditRow> rows) {
    for (EditRow row : rows) {
      row.draft()
          .edit()
          .ifPresent(
              edit ->
                  outcomes.put(
                      new Seen(
                          row.key().contextId(), edit, new Seeds(row.key().seed()).child("inner")),
                      row.outcome()));
    }
  }

  @Override
  public void evaluate(
      List<EditJob<PassageContext, KnowledgeEdit>> jobs,
      Consumer<Outcome> inJobOrder,
      IntConsumer finished) {
    if (!jobs.stream().allMatch(job -> seen(job) != null)) {
      executor.evaluate(jobs, inJobOrder, finished);
      return;
    }
    for (EditJob<PassageContext, KnowledgeEdit> job : jobs) {
      Outcome outcome = seen(job);
      if (outcome != null) {
        finished.accept(1);
        inJobOrder.accept(outcome);
      }
    }
  }

  private @Nullable Outcome seen(EditJob<PassageContext, KnowledgeEdit> job) {
    return job.edit()
        .map(edit -> outcomes.get(new Seen(job.context().id(), edit.canonical(), job.seeds())))
        .orElse(null);
  }
}
