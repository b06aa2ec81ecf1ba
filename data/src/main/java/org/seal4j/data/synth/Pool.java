package org.seal4j.data.synth;

/**
 * What a family is used for. The pools share no family: the model is pretrained on the first, edits
 * are selected on the second, choices are made while looking at the third, and the fourth is looked
 * at once, for the numbers that are published.
 */
public enum Pool {
  PRETRAINING("pre"),
  RL("rl"),
  DEVELOPMENT("dev"),
  CONFIRMATION("conf");

  private final String label;

  Pool(String label) {
    this.label = label;
  }

  /** The first part of a task id. */
  public String label() {
    return label;
  }
}
