package org.seal4j.model.generate;

import java.util.BitSet;

/** Applies {@link Penalties} to a copy of a row's logits. Reuses its arrays; one per thread. */
final class Penalizer {
  private final Penalties penalties;
  private final BitSet met = new BitSet();
  private float[] adjusted = new float[0];
  private int[] counts = new int[0];

  Penalizer(Penalties penalties) {
    this.penalties = penalties;
  }

  /**
   * The logits as they are drawn from, valid until the next call.
   *
   * @param logits {@code [v]}, left alone
   */
  float[] adjust(float[] logits, RowTokens row) {
    if (adjusted.length != logits.length) {
      adjusted = new float[logits.length];
      counts = new int[logits.length];
    }
    System.arraycopy(logits, 0, adjusted, 0, logits.length);
    met.clear();
    for (int id : row.read()) {
      met.set(id);
    }
    for (Choice choice : row.written()) {
      met.set(choice.token());
      counts[choice.token()]++;
    }
    for (int id = met.nextSetBit(0); id >= 0; id = met.nextSetBit(id + 1)) {
      adjusted[id] = counted(repeated(logits[id]), counts[id]);
      counts[id] = 0;
    }
    return adjusted;
  }

  private float repeated(float logit) {
    float divisor = (float) penalties.repetition();
    return finite(logit < 0 ? logit * divisor : logit / divisor);
  }

  private float counted(float logit, int count) {
    if (count == 0) {
      return logit;
    }
    return finite((float) (logit - count * penalties.frequency() - penalties.presence()));
  }

  /** The most extreme logit where a penalty leads beyond it. */
  private static float finite(float logit) {
    return Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, logit));
  }
}
