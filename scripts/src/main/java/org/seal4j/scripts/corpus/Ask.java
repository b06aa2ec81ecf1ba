package org.seal4j.scripts.corpus;

import org.seal4j.rl.Exam;

/**
 * Something that the model is asked in some state. Equal keys have equal replies.
 *
 * @param over what stands over the model
 * @param inSight ids of the passages in front of the question; empty for none
 * @param question which one, by its passage
 * @param exam at most one prompt, and at most one text whose likelihood is wanted
 */
record Ask(Over over, String inSight, String question, Exam exam) {
  /** What a reply depends on. */
  record Key(String over, String inSight, String question) {}

  /**
   * A reply.
   *
   * @param answer of the model; empty where nothing is asked
   * @param grade of it, 0 to 1
   * @param negLogLikelihood of the text in nats a token; 0 where there is none
   */
  record Reply(String answer, double grade, double negLogLikelihood) {}

  Key key() {
    return new Key(over.name(), inSight, question);
  }

  /** Asks of one form may be answered side by side. */
  String form() {
    return over.rank() + (over.rank() == 0 ? over.name() : "") + (inSight.isEmpty() ? "" : " read");
  }
}
