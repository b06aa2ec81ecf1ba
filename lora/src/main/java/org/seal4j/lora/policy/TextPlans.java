package org.seal4j.lora.policy;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.LoraShape;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/**
 * The plans for texts of all lengths under one policy, for each thread: the latest ones are kept. A
 * text has the same shape, and so the same bits, wherever it stands.
 */
final class TextPlans implements AutoCloseable {
  private static final int KEPT = 8;

  /** Written tokens are counted in these, so that few shapes serve all texts. */
  private static final int ROWS = 16;

  private final Weights weights;
  private final AdapterBank bank;
  private final InnerLoopConfig how;
  private final @Nullable PolicyObjective objective;
  private final IdentityHashMap<Worker, LinkedHashMap<LoraShape, TextPlan>> plans =
      new IdentityHashMap<>();

  /**
   * @param bank the adapter in place 0
   * @param objective null for the likelihoods alone
   */
  TextPlans(
      Weights weights, AdapterBank bank, InnerLoopConfig how, @Nullable PolicyObjective objective) {
    this.weights = weights;
    this.bank = bank;
    this.how = how;
    this.objective = objective;
  }

  /** Scores texts on all threads. */
  TextScores scores(List<TokenSequence> texts, Workers workers) {
    float[][] nll = new float[texts.size()][];
    workers.run(
        texts.size(),
        (i, worker) -> {
          TokenSequence text = texts.get(i);
          TextPlan plan = plan(text, worker);
          plan.run(text, Map.of());
          nll[i] = plan.nll(TextPlan.rows(text));
        });
    TextScores scores = new TextScores();
    for (int i = 0; i < nll.length; i++) {
      scores.put(texts.get(i), nll[i]);
    }
    return scores;
  }

  /** The plan for a text on the thread of this worker. */
  TextPlan plan(TokenSequence text, Worker worker) {
    LinkedHashMap<LoraShape, TextPlan> own;
    synchronized (plans) {
      own = plans.computeIfAbsent(worker, w -> new LinkedHashMap<>(16, 0.75f, true));
    }
    LoraShape shape = shape(text);
    TextPlan known = own.get(shape);
    if (known != null) {
      return known;
    }
    while (own.size() >= KEPT) {
      Map.Entry<LoraShape, TextPlan> eldest = own.entrySet().iterator().next();
      own.remove(eldest.getKey());
      eldest.getValue().close();
    }
    TextPlan made = new TextPlan(weights, bank, shape, objective, worker);
    own.put(shape, made);
    return made;
  }

  private LoraShape shape(TokenSequence text) {
    int time = upTo(how.timeMultiple(), BatchFiller.inputLength(text));
    int rows = Math.min(time, upTo(ROWS, TextPlan.rows(text)));
    return new LoraShape(new BatchShape(1, time), 0, rows, 0, how.memory().recompute());
  }

  private static int upTo(int multiple, int count) {
    return Math.multiplyExact((count + multiple - 1) / multiple, multiple);
  }

  @Override
  public void close() {
    plans.values().forEach(own -> own.values().forEach(TextPlan::close));
    plans.clear();
  }
}
