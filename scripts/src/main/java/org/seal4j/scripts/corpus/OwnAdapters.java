package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.Weights;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.study.StudiedEdit;

/**
 * Trains an adapter for each passage, alone: what comes out depends on the passage, the recipe and
 * the seed, and not on other passages. A stopped run goes on with the passages that the log lacks.
 */
final class OwnAdapters {
  static final String NAME = "trained";

  static final TableSchema SCHEMA =
      TableSchema.named(NAME, 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("adapter", ColumnType.STRING, "Hash of its adapter, the name of its folder.")
          .column("bytes", ColumnType.INT64, "Of the files of the adapter.")
          .column("canary", ColumnType.FLOAT64, "What a fixed sentence costs with it, in nats.")
          .column("steps", ColumnType.INT32, "Optimizer steps.")
          .column("first_loss", ColumnType.FLOAT64, "Loss of the first step.")
          .column("last_loss", ColumnType.FLOAT64, "Loss of the last step.")
          .column("asked", ColumnType.INT32, "Questions that the model wrote; 0 for a text.")
          .column("questions", ColumnType.STRING, "Those that were trained on, a line each.")
          .column("tokens", ColumnType.INT64, "Of all rows of all steps, without padding.")
          .build();

  /** Adapters that each thread trains before the log has them. */
  private static final int EACH = 4;

  private final Lab lab;
  private final Weights weights;
  private final InnerLoopConfig inner;
  private final PassageCourse course;
  private final AdapterStore store;

  OwnAdapters(
      Lab lab, Weights weights, InnerLoopConfig inner, PassageCourse course, AdapterStore store) {
    this.lab = lab;
    this.weights = weights;
    this.inner = inner;
    this.course = course;
    this.store = store;
  }

  /** A row of {@link #SCHEMA} for each passage, in their order. */
  List<Row> all(List<Passage> passages, List<KnowledgeEdit> edits) {
    try (RowLog log = lab.log(NAME, SCHEMA);
        SftInnerLoop loop = new SftInnerLoop(weights, inner, lab.workers())) {
      int done = finished(log, NAME, passages, store);
      lab.listener().start("training", passages.size());
      int size = EACH * lab.workers().size();
      for (int from = done; from < passages.size(); from += size) {
        int to = Math.min(from + size, passages.size());
        List<Row> rows = wave(loop, passages.subList(from, to), edits.subList(from, to));
        for (int i = 0; i < rows.size(); i++) {
          log.put(from + i, rows.get(i));
        }
        lab.listener().step(to, "adapters");
      }
      lab.listener().end();
      return log.rows();
    }
  }

  /** Passages that a log has, whose adapters are there. */
  static int finished(RowLog log, String name, List<Passage> passages, AdapterStore store) {
    int done = 0;
    for (Row row : log.rows()) {
      Checks.require(
          done < passages.size() && row.string("passage").equals(passages.get(done).id()),
          "%s.arrows tells of passage %s, where this run has another; begin a new run",
          name,
          row.string("passage"));
      if (!store.has(row.string("adapter"))) {
        return done;
      }
      done++;
    }
    return done;
  }

  private List<Row> wave(SftInnerLoop loop, List<Passage> passages, List<KnowledgeEdit> edits) {
    course.teach(passages, edits);
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      tasks.add(course.task(passages.get(i), edits.get(i)));
    }
    AdapterStore.Stored[] stored = new AdapterStore.Stored[tasks.size()];
    loop.train(
        tasks,
        group -> {
          for (int k = 0; k < group.tasks().length; k++) {
            int task = group.tasks()[k];
            stored[task] = store.store(group, k, "passage " + passages.get(task).id());
          }
        });
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < stored.length; i++) {
      StudiedEdit studied = course.studied(passages.get(i), edits.get(i));
      rows.add(row(passages.get(i), stored[i], studied, tokens(tasks.get(i))));
    }
    return rows;
  }

  private long tokens(InnerLoopTask task) {
    long tokens = 0;
    for (int step = 0; step < task.steps(inner.batch()); step++) {
      tokens += task.batch(step, inner.batch()).stream().mapToLong(TokenSequence::length).sum();
    }
    return tokens;
  }

  private static Row row(
      Passage passage, AdapterStore.Stored stored, StudiedEdit studied, long tokens) {
    return stored
        .in(SCHEMA.row().set("passage", passage.id()))
        .set("asked", studied.asked())
        .set("questions", String.join("\n", studied.useful()))
        .set("tokens", tokens)
        .build();
  }

  /** The questions that an adapter was trained on. */
  static List<String> questions(Row row) {
    return row.string("questions").isEmpty()
        ? List.of()
        : Arrays.asList(row.string("questions").split("\n", -1));
  }
}
