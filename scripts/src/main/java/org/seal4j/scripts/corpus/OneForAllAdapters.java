package org.seal4j.scripts.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.lora.train.GroupCheckpoints;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.Weights;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.study.StudyRows;
import org.seal4j.scripts.tuning.TrainedFolder;

/**
 * Trains one adapter for all passages of a corpus, for each size and each kind of rows. It takes as
 * many steps as the passages' own adapters together, and the same number of rows; those of the
 * course are the very same, mixed. That may be thousands of steps: a stopped run goes on from the
 * last checkpoint.
 */
final class OneForAllAdapters {
  static final String NAME = "together";

  static final TableSchema SCHEMA =
      TableSchema.named(NAME, 1)
          .column("size", ColumnType.INT32, "Passages of the corpus.")
          .column("rows", ColumnType.STRING, "What it was trained on: texts or course.")
          .column("adapter", ColumnType.STRING, "Hash of it, the name of its folder.")
          .column("bytes", ColumnType.INT64, "Of its files.")
          .column("canary", ColumnType.FLOAT64, "What a fixed sentence costs with it, in nats.")
          .column("steps", ColumnType.INT32, "Optimizer steps.")
          .column("first_loss", ColumnType.FLOAT64, "Loss of the first step.")
          .column("last_loss", ColumnType.FLOAT64, "Loss of the last step.")
          .build();

  /** Where trainings are stored until all are done. */
  private static final String CHECKPOINTS = "checkpoints";

  /** Steps between checkpoints: a minute or two for a small model on two cores. */
  private static final int EVERY = 50;

  private final Lab lab;
  private final Weights weights;
  private final InnerLoopConfig config;
  private final double rate;
  private final PassageCourse course;
  private final AdapterStore store;

  /**
   * @param config how it is trained
   * @param rate peak learning rate
   */
  OneForAllAdapters(
      Lab lab,
      Weights weights,
      InnerLoopConfig config,
      double rate,
      PassageCourse course,
      AdapterStore store) {
    this.lab = lab;
    this.weights = weights;
    this.config = config;
    this.rate = rate;
    this.course = course;
    this.store = store;
  }

  /** One of these adapters. */
  record Place(int size, Method.TrainedOn rows) {}

  /**
   * A row of {@link #SCHEMA} for each of them.
   *
   * @param passages of the largest corpus
   * @param edits what was written about each
   */
  Map<Place, Row> all(List<Place> places, List<Passage> passages, List<KnowledgeEdit> edits) {
    Map<Place, Row> rows = new LinkedHashMap<>();
    Path checkpoints = lab.folder(CHECKPOINTS);
    try (RowLog log = lab.log(NAME, SCHEMA);
        SftInnerLoop loop = new SftInnerLoop(weights, config, lab.workers())) {
      int done = finished(log, places);
      lab.listener().start("training one for all", places.size());
      for (int from = done; from < places.size(); ) {
        int to = sameSize(places, from);
        List<Row> trained = trained(loop, places.subList(from, to), passages, edits);
        for (int i = 0; i < trained.size(); i++) {
          log.put(from + i, trained.get(i));
        }
        lab.listener().step(to, "adapters");
        from = to;
      }
      lab.listener().end();
      TrainedFolder.clear(checkpoints);
      for (int i = 0; i < places.size(); i++) {
        rows.put(places.get(i), log.rows().get(i));
      }
    }
    return rows;
  }

  private int finished(RowLog log, List<Place> places) {
    int done = 0;
    for (Row row : log.rows()) {
      boolean same =
          done < places.size()
              && row.int32("size") == places.get(done).size
              && row.string("rows").equals(places.get(done).rows.toString());
      Checks.require(same, "%s.arrows tells of another run; begin a new one", NAME);
      if (!store.has(row.string("adapter"))) {
        return done;
      }
      done++;
    }
    return done;
  }

  private static int sameSize(List<Place> places, int from) {
    int to = from;
    while (to < places.size() && places.get(to).size == places.get(from).size) {
      to++;
    }
    return to;
  }

  private List<Row> trained(
      SftInnerLoop loop, List<Place> places, List<Passage> passages, List<KnowledgeEdit> edits) {
    int size = places.get(0).size;
    List<Passage> corpus = passages.subList(0, size);
    course.teach(corpus, edits.subList(0, size));
    List<List<TokenSequence>> batches = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      InnerLoopTask own = course.task(corpus.get(i), edits.get(i));
      for (int step = 0; step < own.steps(config.batch()); step++) {
        batches.add(own.batch(step, config.batch()));
      }
    }
    List<InnerLoopTask> tasks = places.stream().map(place -> task(place, corpus, batches)).toList();
    Row[] rows = new Row[places.size()];
    String folder = CHECKPOINTS + "/" + NAME + "-" + size;
    loop.train(
        tasks,
        new GroupCheckpoints(lab.folder(folder), lab.identity() + "/" + folder, EVERY),
        group -> {
          for (int k = 0; k < group.tasks().length; k++) {
            Place place = places.get(group.tasks()[k]);
            String what = "all " + place.size + " passages on " + place.rows;
            rows[group.tasks()[k]] = row(place, store.store(group, k, what));
          }
        });
    return List.of(rows);
  }

  private InnerLoopTask task(Place place, List<Passage> corpus, List<List<TokenSequence>> batches) {
    List<TokenSequence> same = batches.stream().flatMap(List::stream).toList();
    Seeds seeds = lab.seeds().child("train", place.rows.toString(), place.size);
    return new InnerLoopTask(
        place.rows == Method.TrainedOn.COURSE ? same : texts(corpus, same.size()), rate, 1, seeds);
  }

  /** So many texts: each passage as often as any other, or once more. */
  private List<TokenSequence> texts(List<Passage> corpus, int count) {
    StudyRows rows = new StudyRows(course.domain().form());
    List<TokenSequence> once =
        corpus.stream().map(passage -> rows.passage(passage).weighing(1)).toList();
    List<TokenSequence> all =
        Collections.nCopies((count + once.size() - 1) / once.size(), once).stream()
            .flatMap(List::stream)
            .toList();
    return all.subList(0, count);
  }

  private static Row row(Place place, AdapterStore.Stored stored) {
    return stored
        .in(SCHEMA.row().set("size", place.size).set("rows", place.rows.toString()))
        .build();
  }
}
