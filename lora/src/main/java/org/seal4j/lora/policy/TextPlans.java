package org.seal4j.lora.policy;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /**
   * What texts of one plan have in common.
   *
   * @param shape of one text
   * @param restricted whether a grammar says which ids each written token was chosen among
   */
  record Form(LoraShape shape, boolean restricted) {}

  private final Weights weights;
  private final AdapterBank bank;
  private final InnerLoopConfig how;
  private final @Nullable PolicyObjective objective;
  private final IdentityHashMap<Worker, LinkedHashMap<Form, TextPlan>> plans =
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
  TextScores scores(List<WrittenText> texts, Workers workers) {
    float[][] nll = new float[texts.size()][];
    workers.run(
        texts.size(),
        (i, worker) -> {
          WrittenText text = texts.get(i);
          TextPlan plan = plan(text, worker);
          plan.run(text, Map.of());
          nll[i] = plan.nll(text.rows());
        });
    TextScores scores = new TextScores();
    for (int i = 0; i < nll.length; i++) {
      scores.put(texts.get(i), nll[i]);
    }
    return scores;
  }

  /** The plan for a text on the thread of this worker. */
  TextPlan plan(WrittenText text, Worker worker) {
    LinkedHashMap<Form, TextPlan> own;
    synchronized (plans) {
      own = plans.computeIfAbsent(worker, w -> new LinkedHashMap<>(16, 0.75f, true));
    }
    Form form = new Form(shape(text), text.isRestricted());
    TextPlan known = own.get(form);
    if (known != null) {
      return known;
    }
    while (own.size() >= KEPT) {
      Map.Entry<Form, TextPlan> eldest = own.entrySet().iterator().next();
      own.remove(eldest.getKey());
      eldest.getValue().close();
    }
    TextPlan made = new TextPlan(weights, bank, form, objective, worker);
    own.put(form, made);
    return made;
  }

  private LoraShape shape(WrittenText text) {
    int time = upTo(how.timeMultiple(), BatchFiller.inputLength(text.tokens()));
    int rows = Math.min(time, upTo(ROWS, text.rows()));
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
