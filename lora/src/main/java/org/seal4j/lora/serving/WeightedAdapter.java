package org.seal4j.lora.serving;

import org.seal4j.data.check.Checks;

/**
 * An adapter and how much of what it adds is added.
 *
 * @param weight factor on it; 1 for the adapter as it is
 */
public record WeightedAdapter(ServedAdapter adapter, double weight) {
  public WeightedAdapter {
    Checks.require(
        Double.isFinite(weight), "the weight of an adapter must be a number but was %s", weight);
  }

  /** The adapter as it is. */
  public static WeightedAdapter of(ServedAdapter adapter) {
    return new WeightedAdapter(adapter, 1);
  }

  /** Its hash, with the weight where that is not 1. */
  String key() {
    return weight == 1 ? adapter.hash() : adapter.hash() + "*" + weight;
  }
}
