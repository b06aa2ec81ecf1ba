package org.seal4j.data.world;

/** Who a person is there for; no name is in two pools. */
public enum PersonPool {
  /**
   * Persons whose facts never change: pretraining states them, and they are the prior knowledge on
   * which forgetting is measured. The name draws seeds.
   */
  RESIDENTS(240),
  /** Persons of the passages of pretraining, with facts drawn anew each time. */
  WRITING(500),
  /** Persons of the passages that the loop learns from. */
  LOOP(420),
  /** Persons of the passages that are looked at while settings are chosen. */
  DEVELOPMENT(140),
  /** Persons of the passages of published figures. */
  CONFIRMATION(300);

  private final int size;

  PersonPool(int size) {
    this.size = size;
  }

  /** Number of persons. */
  public int size() {
    return size;
  }
}
