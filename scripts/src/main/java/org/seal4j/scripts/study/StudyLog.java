package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RunLog;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.study.StudiedEdit;
import org.seal4j.rl.study.StudyDomain;

/**
 * Keeps what each evaluated edit was trained on, in the order of the journal of edits. A row is
 * written before that of the journal, so that a run that was killed has at most one too many, which
 * is then made again and must be the same.
 */
final class StudyLog {
  static final TableSchema SCHEMA =
      TableSchema.named("studied", 1)
          .column("context_id", ColumnType.STRING, "Id of the passage.")
          .column("edit_index", ColumnType.INT32, "Which of the passage's edits, from 0.")
          .column("asked", ColumnType.INT32, "Questions of the edit; 0 where it is a text.")
          .column("useful", ColumnType.INT32, "Those of them that were trained on.")
          .column("questions", ColumnType.STRING, "The useful questions, a line each.")
          .column("tokens", ColumnType.INT64, "Of all rows of all steps, without padding.")
          .build();

  private final RowLog log;
  private final RunLog<EditRow> edits;
  private int next;

  /**
   * @param log of {@link #SCHEMA}
   * @param edits the journal of the same arm
   */
  StudyLog(RowLog log, RunLog<EditRow> edits) {
    this.log = log;
    this.edits = edits;
    next = evaluated(edits).size();
    Checks.require(
        log.rows().size() >= next,
        "the journal has %d evaluated edits, but the log of what they were trained on has %d rows;"
            + " a file of the run was replaced: start afresh",
        next,
        log.rows().size());
  }

  /** Edits that were trained and examined; an answer that is no edit was not. */
  private static List<EditRow> evaluated(RunLog<EditRow> edits) {
    return edits.existing().stream().filter(row -> row.draft().reason().isEmpty()).toList();
  }

  /** Evaluates with this, and writes down what was trained on. */
  Executor<PassageContext, KnowledgeEdit> around(
      StudyDomain domain, Trials trials, Executor<PassageContext, KnowledgeEdit> inner) {
    return new Executor<>() {
      @Override
      public void evaluate(
          List<EditJob<PassageContext, KnowledgeEdit>> jobs,
          Consumer<Outcome> inJobOrder,
          IntConsumer finished) {
        Iterator<EditJob<PassageContext, KnowledgeEdit>> of = jobs.iterator();
        inner.evaluate(
            jobs,
            outcome -> {
              EditJob<PassageContext, KnowledgeEdit> job = of.next();
              put(row(job, studied(domain, trials, job, outcome)));
              inJobOrder.accept(outcome);
            },
            finished);
      }
    };
  }

  private static StudiedEdit studied(
      StudyDomain domain,
      Trials trials,
      EditJob<PassageContext, KnowledgeEdit> job,
      Outcome outcome) {
    List<Seeds> seeds = new ArrayList<>();
    for (int t = 0; t < trials.count(); t++) {
      seeds.add(trials.seeds().of(job, t));
    }
    Optional<KnowledgeEdit> edit = job.edit();
    return edit.isEmpty()
        ? new StudiedEdit(0, List.of(), 0)
        : domain.studied(job.context(), edit.get(), seeds, outcome.training().steps());
  }

  private static Row row(EditJob<PassageContext, KnowledgeEdit> job, StudiedEdit studied) {
    return SCHEMA
        .row()
        .set("context_id", job.context().id())
        .set("edit_index", job.index())
        .set("asked", studied.asked())
        .set("useful", studied.useful().size())
        .set("questions", String.join("\n", studied.useful()))
        .set("tokens", studied.tokens())
        .build();
  }

  private void put(Row row) {
    log.put(next, row);
    next++;
  }

  /** What every evaluated edit of the journal was trained on. */
  Map<EditRow.Key, StudiedEdit> all() {
    Map<EditRow.Key, StudiedEdit> all = new LinkedHashMap<>();
    Iterator<Row> rows = log.rows().iterator();
    for (EditRow edit : evaluated(edits)) {
      Row row = rows.next();
      String questions = row.string("questions");
      all.put(
          edit.key(),
          new StudiedEdit(
              row.int32("asked"),
              questions.isEmpty() ? List.of() : List.of(questions.split("\n", -1)),
              row.int64("tokens")));
    }
    return all;
  }
}
