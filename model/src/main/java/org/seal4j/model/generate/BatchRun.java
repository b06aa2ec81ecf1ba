package org.seal4j.model.generate;

import org.jspecify.annotations.Nullable;

/** Answers one batch: reads the prompts into the cache, then writes token by token. */
final class BatchRun {
  private final Slots slots;
  private final int capacity;
  private final KvCache cache;
  private final PlanCache<StepShape, StepPlan> plans;
  private final float[] logits;

  /** Where a row without an answer writes: behind what all rows begin with. */
  private int idle;

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
   * Reads all prompt tokens but the last of each: once for all prompts of an adapter what they
   * begin with in common, then the rest of each. Behind the end of a shorter prompt its row is
   * filled with the keys of padding, which nothing sees: every later token of the row overwrites
   * its own place before it looks back.
   *
   * @param held tokens of the first row that stand in the cache
   */
  void read(Pieces pieces, int held) {
    int chunk = pieces.chunk();
    int common = pieces.cut(commonTokens());
    for (int from = Math.min(held, common) / chunk * chunk; from < common; from += chunk) {
      StepPlan plan = plans.get(StepShape.read(slots.groups(), chunk, capacity));
      for (int g = 0; g < slots.groups(); g++) {
        fill(plan, g, slots.at(g * slots.perGroup()), from, chunk);
      }
      plan.run();
    }
    slots.spread(cache, capacity, common);
    idle = slots.groups() == 1 ? common : 0;
    int step;
    for (int from = common; ; from += step) {
      int rows = rowsBeyond(from);
      if (rows == 0) {
        return;
      }
      rows = pieces.cuts() && slots.groups() == 1 ? RowCounts.rounded(rows) : slots.rows();
      step = pieces.from(from);
      StepShape shape = pieces.step(rows, step, capacity);
      StepPlan plan = plans.get(shape);
      for (int r = 0; r < shape.rows(); r++) {
        fill(plan, r, r < slots.rows() ? slots.at(r) : null, from, step);
      }
      plan.run();
    }
  }

  /**
   * Tokens of the first row that are in the cache after the run, since all rows begin with them.
   */
  int common() {
    return idle;
  }

  /** How many of the first rows hold all prompts that go on behind a place. */
  private int rowsBeyond(int place) {
    int rows = 0;
    for (int r = 0; r < slots.rows(); r++) {
      Answer answer = slots.at(r);
      rows = answer != null && answer.cached() > place ? r + 1 : rows;
    }
    return rows;
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

  private void fill(StepPlan plan, int row, @Nullable Answer answer, int from, int chunk) {
    plan.start(row, answer == null ? idle : from);
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
        plan.start(r, answer == null ? idle : answer.cached());
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
