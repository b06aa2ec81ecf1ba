package org.seal4j.data.squad;

/** What becomes of questions that the passage does not answer (SQuAD v2.0). */
public enum ImpossibleQuestions {
  /** They are read; only saying nothing answers them. */
  KEEP,
  /** They are left out, as in SQuAD v1.1. */
  DROP,
  /** A file with one of them is refused. */
  REFUSE
}
