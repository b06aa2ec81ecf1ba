package org.seal4j.lora.train;

/** Measures adapters that compete with each other, and hears how it ends for each. */
public interface Race {
  /**
   * How good the adapters of a group are after the steps they have taken; called on the thread that
   * trains them, while they are in memory.
   *
   * @return one number an adapter, in the group's order: the lower, the better; what is not finite
   *     is worst
   */
  double[] measure(AdapterGroup group);

  /**
   * An adapter's training ended early.
   *
   * @param task its index in the list given to the inner loop
   * @param measure the last one of it
   * @param curve training loss of the steps it took, in nats per weighted token
   */
  void stopped(int task, double measure, double[] curve);

  /** Adapters are trained to their end and in memory while this call runs. */
  void trained(AdapterGroup group);
}
