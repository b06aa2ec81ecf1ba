package org.seal4j.scripts.cpt;

/** What is trained on. */
enum Texts {
  /** The passages alone. */
  PASSAGES("passages only"),
  /** The passages and self-edits of the policy, which no reinforcement has touched. */
  SELF_EDITS("self-edits without RL"),
  /** The passages and oracle text about them, made from the facts. */
  TEACHER("teacher text");

  private final String label;

  Texts(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
