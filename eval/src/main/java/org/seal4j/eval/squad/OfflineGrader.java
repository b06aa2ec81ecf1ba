package org.seal4j.eval.squad;

import java.util.List;
import java.util.Locale;

/** The graders that need no model, by the names that recipes use. */
public enum OfflineGrader implements AnswerGrader {
  /** The answer is a gold answer: {@link SquadMetrics#exactMatch}; for answers of a few words. */
  EXACT_MATCH {
    @Override
    public double grade(String question, List<String> golds, String answer) {
      return SquadMetrics.exactMatch(golds, answer);
    }
  },

  /** The overlap with the best gold answer: {@link SquadMetrics#f1}; the one graded verdict. */
  F1 {
    @Override
    public double grade(String question, List<String> golds, String answer) {
      return SquadMetrics.f1(golds, answer);
    }
  },

  /** {@link Containment}. */
  CONTAINMENT {
    @Override
    public double grade(String question, List<String> golds, String answer) {
      return RUN.grade(question, golds, answer);
    }
  },

  /** {@link TokenRecall} as calibrated: the default for answers that are sentences. */
  TOKEN_RECALL {
    @Override
    public double grade(String question, List<String> golds, String answer) {
      return RECALL.grade(question, golds, answer);
    }
  };

  private static final AnswerGrader RUN = new Containment();
  private static final AnswerGrader RECALL = TokenRecall.calibrated();

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
