package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.continual.Consolidation;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.study.AnchorTexts;
import org.seal4j.scripts.corpus.SequenceMethod.Guard;

/**
 * Trains the adapters of sequences, each over the model that those before were merged into. What
 * comes out depends on the sequence, the recipe and the seed; methods differ in nothing else. Each
 * sequence has a log, so that a stopped run goes on with the passage it was at.
 */
final class SequenceAdapters {
  /** The folder of their logs. */
  static final String NAME = "sequences";

  static final TableSchema SCHEMA =
      TableSchema.named("sequence", 1)
          .column("passage", ColumnType.STRING, "Id of the passage.")
          .column("adapter", ColumnType.STRING, "Hash of what was merged, the name of its folder.")
          .column("bytes", ColumnType.INT64, "Of its files.")
          .column("canary", ColumnType.FLOAT64, "A fixed sentence's nats with it alone.")
          .column("steps", ColumnType.INT32, "Optimizer steps.")
          .column("first_loss", ColumnType.FLOAT64, "Loss of the first step, penalty included.")
          .column("last_loss", ColumnType.FLOAT64, "Loss of the last step, penalty included.")
          .build();

  private final Lab lab;
  private final CorpusKeys recipe;
  private final Weights weights;
  private final PassageCourse course;
  private final AdapterStore store;

  SequenceAdapters(
      Lab lab, CorpusKeys recipe, Weights weights, PassageCourse course, AdapterStore store) {
    this.lab = lab;
    this.recipe = recipe;
    this.weights = weights;
    this.course = course;
    this.store = store;
  }

  /**
   * Rows of {@link #SCHEMA} for the passages of each sequence.
   *
   * @param passages of the run
   * @param edits what was written about each
   */
  Map<Succession, List<Row>> all(
      List<Succession> sequences, List<Passage> passages, List<KnowledgeEdit> edits) {
    Map<Succession, List<Row>> rows = new LinkedHashMap<>();
    if (sequences.isEmpty()) {
      return rows;
    }
    lab.folder(NAME);
    course.teach(passages, edits);
    List<InnerLoopTask> own = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      own.add(course.task(passages.get(i), edits.get(i)));
    }
    int batch = recipe.inner().batch();
    SequenceRows mixing = new SequenceRows(batch, recipe.sequence().guardRows(), anchors());
    sequences.forEach(one -> rows.put(one, new ArrayList<>()));
    IdentityHashMap<Worker, SequenceModel> models = new IdentityHashMap<>();
    lab.listener().start(NAME, sequences.stream().mapToLong(Succession::length).sum());
    long[] done = {0};
    try {
      lab.workers()
          .run(
              sequences.size(),
              (i, worker) -> {
                Succession one = sequences.get(i);
                List<Row> found =
                    new Run(one, model(models, worker), worker, mixing)
                        .rows(
                            one.own(passages),
                            one.own(own),
                            () -> {
                              synchronized (done) {
                                lab.listener().step(++done[0], one.method().name());
                              }
                            });
                synchronized (rows) {
                  rows.put(one, found);
                }
              });
    } finally {
      models.values().forEach(SequenceModel::close);
    }
    lab.listener().end();
    return rows;
  }

  private List<TokenSequence> anchors() {
    boolean wanted =
        recipe.compared(SequenceMethod.class).stream()
            .anyMatch(method -> method.guard().anchors() || method.guard() == Guard.EWC);
    return wanted
        ? new AnchorTexts(
                weights, course.domain().form(), recipe.study().likeliest(), lab.workers())
            .write(recipe.sequence().anchors(), lab.seeds().child("sequence anchors")).stream()
                .map(row -> row.weighing(1))
                .toList()
        : List.of();
  }

  private SequenceModel model(IdentityHashMap<Worker, SequenceModel> models, Worker worker) {
    synchronized (models) {
      return models.computeIfAbsent(
          worker,
          w ->
              new SequenceModel(
                  weights, recipe.inner().config(), recipe.merging().denoise(), worker));
    }
  }

  /** One sequence on the thread of a worker. */
  private final class Run {
    private final Succession sequence;
    private final SequenceModel model;
    private final Worker worker;
    private final SequenceRows mixing;

    Run(Succession sequence, SequenceModel model, Worker worker, SequenceRows mixing) {
      this.sequence = sequence;
      this.model = model;
      this.worker = worker;
      this.mixing = mixing;
    }

    List<Row> rows(List<Passage> passages, List<InnerLoopTask> own, Runnable step) {
      model.restart();
      Consolidation consolidation = new Consolidation(recipe.sequence().ewcWeight());
      boolean consolidates = sequence.method().guard() == Guard.EWC;
      if (consolidates) {
        consolidation.protect(model.fisher(mixing.anchors()));
      }
      String name = NAME + "/" + sequence.file();
      try (RowLog log = lab.log(name, SCHEMA)) {
        int there = OwnAdapters.finished(log, name, passages, store);
        for (int k = 0; k < passages.size(); k++) {
          if (k >= there) {
            List<Consolidation> penalties = consolidates ? List.of(consolidation) : List.of();
            log.put(k, trained(passages.get(k), own, k, penalties));
          }
          try (AdapterBank bank = store.load(log.rows().get(k).string("adapter"))) {
            model.merge(bank, sequence.method().merging());
          }
          if (consolidates && k + 1 < passages.size()) {
            consolidation.protect(model.fisher(SequenceRows.rows(own.get(k))));
          }
          step.run();
        }
        return log.rows();
      }
    }

    private Row trained(
        Passage passage, List<InnerLoopTask> own, int k, List<Consolidation> penalties) {
      Seeds seeds = lab.seeds().child("passage", passage.id()).child("sequence");
      String what = "passage %s in '%s'".formatted(passage.id(), sequence.method().name());
      InnerLoopTask task =
          mixing.task(sequence.method().guard(), own.get(k), own.subList(0, k), seeds);
      double[] losses = model.train(task, penalties, what);
      AdapterStore.Stored stored =
          model.kept(sequence.method().merging(), kept -> store.store(kept, losses, worker, what));
      return stored.in(SCHEMA.row().set("passage", passage.id())).build();
    }
  }
}
