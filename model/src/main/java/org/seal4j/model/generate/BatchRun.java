package org.seal4j.model.generate;

import org.jspecify.annotations.Nullable;

/** Answers one batch: reads the prompts into the cache, then writes token by token. */
final class BatchRun {
  private final Slots slots;
  private final int capacity;
  private final KvCache cache;
  private final PlanCache<StepShape, StepPlan> plans;
  private final float[] logits;

  /**
   * @param slots the prompts in their rows
   * @param capacity tokens per row, prompts and answers
   * @param cache already large enough
   * @param vocabSize v
   */
  BatchRun(
      Slots slots,
      int capacity,
      KvCache cache,
      PlanCache<StepShape, StepPlan> plans,
      int vocabSize) {
    this.slots = slots;
    this.capacity = capacity;
    this.cache = cache;
    this.plans = plans;
    this.logits = new float[vocabSize];
  }

  /**
   * Reads all prompt tokens but the last of each, {@code chunk} per step: once for all prompts of
   * an adapter what they begin with in common, then the rest of each. Behind the end of a shorter
   * prompt its row is filled with the keys of padding, which nothing sees: every later token of the
   * row overwrites its own place before it looks back.
   */
  void read(int chunk) {
    int rows = slots.rows();
    int longest = 0;
    for (int r = 0; r < rows; r++) {
      Answer answer = slots.at(r);
      longest = answer == null ? longest : Math.max(longest, answer.cached());
    }
    int common = slots.perGroup() == 1 ? 0 : commonTokens() / chunk * chunk;
    for (int from = 0; from < common; from += chunk) {
      StepPlan plan = plans.get(StepShape.read(slots.groups(), chunk, capacity));
      for (int g = 0; g < slots.groups(); g++) {
        fill(plan, g, slots.at(g * slots.perGroup()), from, chunk);
      }
      plan.run();
    }
    slots.spread(cache, capacity, common);
    for (int from = common; from < longest; from += chunk) {
      StepPlan plan = plans.get(StepShape.read(rows, chunk, capacity));
      for (int r = 0; r < rows; r++) {
        fill(plan, r, slots.at(r), from, chunk);
      }
      plan.run();
    }
  }

  /** How many tokens the prompts of each adapter begin with in common, at least. */
  private int commonTokens() {
    int common = Integer.MAX_VALUE;
    for (int r = 0; r < slots.rows(); r++) {
      Answer first = slots.at(r / slots.perGroup() * slots.perGroup());
      Answer answer = slots.at(r);
      if (first != null && answer != null) {
        common = Math.min(common, first.common(answer));
      }
    }
    return common;
  }

  private static void fill(StepPlan plan, int row, @Nullable Answer answer, int from, int chunk) {
    plan.start(row, answer == null ? 0 : from);
    for (int i = 0; i < chunk; i++) {
      if (answer != null && from + i < answer.cached()) {
        int[] ids = answer.prompt().tokens().ids();
        plan.token(row, i, ids[from + i], answer.prompt().tokens().positions()[from + i]);
      } else {
        plan.token(row, i, 0, 0);
      }
    }
  }

  /** Writes until every answer has ended. */
  void write(TokenChooser chooser, StopRule stop, TokenListener listener) {
    do {
      StepPlan plan = plans.get(StepShape.write(slots.rows(), capacity));
      for (int r = 0; r < slots.rows(); r++) {
        Answer answer = slots.at(r);
        plan.start(r, answer == null ? 0 : answer.cached());
        plan.token(
            r,
            0,
            answer == null ? 0 : answer.lastToken(),
            answer == null ? 0 : answer.lastPosition());
      }
      plan.run();
      for (int r = 0; r < slots.rows(); r++) {
        Answer answer = slots.at(r);
        if (answer != null) {
          plan.logits(r, logits);
          int token = answer.write(logits, chooser, stop);
          listener.chosen(answer.index(), answer.count() - 1, token);
        }
      }
      slots.dropEnded();
      slots.compact(cache, capacity);
    } while (slots.occupied());
  }
}
