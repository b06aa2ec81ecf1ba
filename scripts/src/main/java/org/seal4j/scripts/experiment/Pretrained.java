package org.seal4j.scripts.experiment;

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

  @Override
  public void close() {
    weights.close();
  }
}
