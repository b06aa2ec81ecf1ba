package org.seal4j.scripts.adapt;

import java.util.List;
import org.seal4j.eval.squad.SquadMetrics;
import org.seal4j.eval.squad.TokenRecall;

/**
 * A question that is asked without the passage, before and after the training.
 *
 * @param passage id of the passage; empty where it is about none that is known
 * @param origin where the question comes from
 * @param text the question
 * @param golds accepted answers
 */
record Asked(String passage, Origin origin, String text, List<String> golds) {
  /** Words of an answer that count: who recites the passage gives no answer. */
  private static final int WORDS = 40;

  /** Where a question comes from. */
  enum Origin {
    /** The model wrote it about a passage, and it was not trained on. */
    SELF_MADE("held out"),
    /** The user brought it, with the documents or in a file of its own. */
    OWN("yours"),
    /** A question about the world, which the documents do not change. */
    GENERAL("general");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  Asked {
    golds = List.copyOf(golds);
  }

  /** 1 where enough of the words of a gold stand in the first words of the answer, else 0. */
  double recall(String answer) {
    return TokenRecall.calibrated().grade(text, golds, cut(answer));
  }

  /** Overlap of words with the best gold: reciting lowers it. */
  double f1(String answer) {
    return SquadMetrics.f1(golds, cut(answer));
  }

  private static String cut(String answer) {
    String[] words = answer.strip().split("\\s+", -1);
    return String.join(" ", List.of(words).subList(0, Math.min(WORDS, words.length)));
  }
}
