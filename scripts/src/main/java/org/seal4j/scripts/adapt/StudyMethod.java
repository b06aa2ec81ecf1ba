package org.seal4j.scripts.adapt;

import java.util.Locale;

/** What an adapter is trained on. */
enum StudyMethod {
  /** The passage itself, with its title. */
  TEXT,
  /** What follows from the passage, in the model's own words. */
  IMPLICATIONS,
  /** The passage in the model's own words. */
  REWRITE,
  /** What a policy writes about the passage that reinforcement learning has trained to. */
  POLICY,
  /** The model's own questions with its answers, each token for certain. */
  SELF_QA,
  /** The same questions with what the model held for likely while it read the passage. */
  DISTILL;

  /** As recipes spell it; behind that of a policy stands where it lies. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is made of questions. */
  boolean asks() {
    return this == SELF_QA || this == DISTILL;
  }

  /** Whether the model itself writes texts about the passage, by the prompt of this name. */
  boolean writes() {
    return this == IMPLICATIONS || this == REWRITE;
  }
}
