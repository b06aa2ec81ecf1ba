package org.seal4j.rl.experiment;

import java.util.List;
import org.seal4j.model.Weights;

/**
 * The model at the start of the loop; closing it frees the weights.
 *
 * @param weights bit for bit the same for equal keys
 * @param losses loss of every pretraining step, in nats per weighted token
 * @param key SHA-256 of everything that decides the weights
 * @param steps steps that were trained now: 0 when the model came from the cache
 * @param seconds what they took
 */
public record Pretrained(
    Weights weights, List<Double> losses, String key, long steps, double seconds)
    implements AutoCloseable {
  public Pretrained {
    losses = List.copyOf(losses);
  }

  /** A model that was given, not pretrained here; whoever gave it closes it. */
  public static Pretrained given(Weights weights, String name) {
    return new Pretrained(weights, List.of(), name, 0, 0);
  }

  @Override
  public void close() {
    weights.close();
  }
}
