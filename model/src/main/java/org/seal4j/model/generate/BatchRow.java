package org.seal4j.model.generate;

import org.jspecify.annotations.Nullable;

/** One request in a {@link ContinuousBatch}, from when it joins until it leaves. */
public final class BatchRow {
  private final RowRequest request;
  private final Answer answer;
  private final TokenChooser chooser;
  private final RowMemory.Region region;
  private final RowListener listener;

  /** Tokens of the prompt that stand in the cache. */
  int read;

  /** The last chunk of them, as those behind it know it; null where it is not kept. */
  PrefixStore.@Nullable Block last;

  /** Whether all chunks so far are kept, so that the next one can be. */
  boolean kept = true;

  private boolean held;
  private boolean gone;

  BatchRow(RowRequest request, Answer answer, RowMemory.Region region, RowListener listener) {
    this.request = request;
    this.answer = answer;
    this.region = region;
    this.listener = listener;
    chooser = new TokenChooser(request.config().sampling());
  }

  RowRequest request() {
    return request;
  }

  Answer answer() {
    return answer;
  }

  RowMemory.Region region() {
    return region;
  }

  RowListener listener() {
    return listener;
  }

  /** Whether parts of the prompt are still to be read. */
  boolean isReading() {
    return read < request.cached();
  }

  /** Whether it takes part in the next step. */
  boolean runs() {
    return !held && !gone;
  }

  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  /** Leaves it out of the steps, or no more; it keeps its place. What it answers stays the same. */
  public void hold(boolean out) {
    held = out;
  }

  /** Chooses the next token from its logits. */
  ChosenToken write(float[] logits) {
    answer.write(logits, chooser, request.config().stop());
    return answer.last();
  }
}
