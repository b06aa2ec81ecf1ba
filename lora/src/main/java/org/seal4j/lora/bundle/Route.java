package org.seal4j.lora.bundle;

import java.util.List;

/**
 * Where a question goes.
 *
 * @param choices passages whose adapters answer, best first; none where the model answers as it is
 * @param evidence that the router had
 * @param gate that it was held against
 */
public record Route(List<Choice> choices, double evidence, Gate gate) {
  public Route {
    choices = List.copyOf(choices);
  }

  /**
   * A passage whose adapter takes part in the answer.
   *
   * @param entry the passage
   * @param score that the router gave it
   * @param weight factor on what its adapter adds
   */
  public record Choice(BundleEntry entry, double score, double weight) {}
}
