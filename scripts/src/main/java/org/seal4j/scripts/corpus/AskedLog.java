package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.table.ColumnType;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;

/**
 * Everything that the model was asked, once each, with its replies. Asks are cut into pieces that
 * depend on nothing but the asks; a piece that the log has whole is not asked again, so that a
 * stopped run goes on to the same rows.
 */
final class AskedLog implements AutoCloseable {
  static final String NAME = "asked";

  static final TableSchema SCHEMA =
      TableSchema.named(NAME, 1)
          .column("over", ColumnType.STRING, "What stood over the model; empty for nothing.")
          .column("in_sight", ColumnType.STRING, "Passages in front of the question, a line each.")
          .column("question", ColumnType.STRING, "Passage and id of the question.")
          .column("answer", ColumnType.STRING, "What the model answered.")
          .column("grade", ColumnType.FLOAT64, "Of the answer, from 0 to 1.")
          .column("gold_nll", ColumnType.FLOAT64, "Nats a token of the gold answer; 0 for none.")
          .build();

  /** Asks of a piece; prompts with passages take more memory. */
  private static final int MOST = 48;

  private static final int MOST_READING = 8;
  private static final int MOST_ADAPTERS = 8;

  private final RowLog log;
  private final Map<Ask.Key, Ask.Reply> known = new HashMap<>();
  private final Map<Ask.Key, Double> seconds = new HashMap<>();
  private int next;

  /**
   * @param log of {@link #SCHEMA}; closed with this
   */
  AskedLog(RowLog log) {
    this.log = log;
  }

  /** Answers a piece on the thread of a worker, a reply for each ask. */
  @FunctionalInterface
  interface Answerer {
    List<Ask.Reply> replies(List<Ask> piece, Worker worker);
  }

  /**
   * Has those asked that were not asked before.
   *
   * @param around is given what asks, and runs it; not called where the log has all replies
   */
  void answer(List<Ask> asks, Answerer answerer, Workers workers, Consumer<Runnable> around) {
    List<List<Ask>> pieces = pieces(fresh(asks));
    int first = 0;
    while (first < pieces.size() && log.rows().size() - next >= pieces.get(first).size()) {
      for (Ask ask : pieces.get(first)) {
        take(ask);
      }
      first++;
    }
    List<List<Ask>> open = pieces.subList(first, pieces.size());
    if (!open.isEmpty()) {
      around.accept(() -> compute(open, answerer, workers));
    }
  }

  private List<Ask> fresh(List<Ask> asks) {
    Set<Ask.Key> keys = new HashSet<>(known.keySet());
    return asks.stream().filter(ask -> keys.add(ask.key())).toList();
  }

  private static List<List<Ask>> pieces(List<Ask> asks) {
    Map<String, List<Ask>> byForm = new LinkedHashMap<>();
    asks.forEach(ask -> byForm.computeIfAbsent(ask.form(), f -> new ArrayList<>()).add(ask));
    List<List<Ask>> pieces = new ArrayList<>();
    for (List<Ask> alike : byForm.values()) {
      // Questions behind the same passages stand together, so that these are read once.
      alike.sort(Comparator.comparing(Ask::inSight));
      List<Ask> piece = new ArrayList<>();
      Set<String> over = new HashSet<>();
      for (Ask ask : alike) {
        boolean full = piece.size() == (ask.inSight().isEmpty() ? MOST : MOST_READING);
        if (full || (over.size() == MOST_ADAPTERS && !over.contains(ask.over().name()))) {
          pieces.add(piece);
          piece = new ArrayList<>();
          over.clear();
        }
        piece.add(ask);
        over.add(ask.over().name());
      }
      pieces.add(piece);
    }
    return pieces;
  }

  private void compute(List<List<Ask>> pieces, Answerer answerer, Workers workers) {
    int wave = workers.size();
    for (int from = 0; from < pieces.size(); from += wave) {
      List<List<Ask>> some = pieces.subList(from, Math.min(from + wave, pieces.size()));
      List<List<Ask.Reply>> replies = new ArrayList<>();
      some.forEach(piece -> replies.add(List.of()));
      double before = CpuSeconds.now();
      workers.run(
          some.size(),
          (i, worker) -> {
            List<Ask.Reply> made = answerer.replies(some.get(i), worker);
            synchronized (replies) {
              replies.set(i, made);
            }
          });
      double each = (CpuSeconds.now() - before) / some.stream().mapToInt(List::size).sum();
      for (int i = 0; i < some.size(); i++) {
        for (int k = 0; k < some.get(i).size(); k++) {
          Ask.Key key = some.get(i).get(k).key();
          log.put(next, row(key, replies.get(i).get(k)));
          seconds.put(key, each);
          take(some.get(i).get(k));
        }
      }
    }
  }

  /** The next row of the log is the reply to this. */
  private void take(Ask ask) {
    Row row = log.rows().get(next);
    Ask.Key key = new Ask.Key(row.string("over"), row.string("in_sight"), row.string("question"));
    Checks.require(
        key.equals(ask.key()),
        "the run cannot be resumed here: row %d of %s.arrows is about %s, where this run asks %s",
        next + 1,
        NAME,
        key,
        ask.key());
    known.put(
        key, new Ask.Reply(row.string("answer"), row.float64("grade"), row.float64("gold_nll")));
    next++;
  }

  private static Row row(Ask.Key key, Ask.Reply reply) {
    return SCHEMA
        .row()
        .set("over", key.over())
        .set("in_sight", key.inSight())
        .set("question", key.question())
        .set("answer", reply.answer())
        .set("grade", reply.grade())
        .set("gold_nll", reply.negLogLikelihood())
        .build();
  }

  /** The reply to something that was asked. */
  Ask.Reply reply(Ask ask) {
    return Checks.present(known.get(ask.key()), "%s was not asked", ask.key());
  }

  /** CPU seconds that it took; NaN where an earlier process did the work. */
  double seconds(Ask ask) {
    return seconds.getOrDefault(ask.key(), Double.NaN);
  }

  @Override
  public void close() {
    log.close();
  }
}
