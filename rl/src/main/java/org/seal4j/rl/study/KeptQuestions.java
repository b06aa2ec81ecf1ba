package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The questions about one passage that are kept, at most so many, and why the others are not,
 * whoever wrote them.
 */
final class KeptQuestions {
  private final QuestionFilter filter;
  private final int most;
  private final List<StudyQuestion> kept = new ArrayList<>();
  private final Map<Rejection, Integer> rejected = new EnumMap<>(Rejection.class);

  KeptQuestions(QuestionFilter filter, int most) {
    this.filter = filter;
    this.most = most;
  }

  /** Counts the reason where there is one, and goes on where there is none. */
  void reject(Optional<Rejection> reason, Runnable passed) {
    reason.ifPresentOrElse(why -> reject(why, 1), passed);
  }

  /** Counts so many that are not kept. */
  void reject(Rejection why, int count) {
    rejected.merge(why, count, Integer::sum);
  }

  /** How many may still be kept. */
  int missing() {
    return most - kept.size();
  }

  /**
   * Keeps what the model does not know without the passage; only as many are asked as are missing.
   *
   * @param recalled the model's answers without the passage, one a question
   */
  void keepUnknown(
      List<StudyQuestion> questions, Function<List<StudyQuestion>, List<String>> recalled) {
    for (int at = 0; at < questions.size() && missing() > 0; ) {
      int to = Math.min(questions.size(), at + missing());
      List<StudyQuestion> some = questions.subList(at, to);
      List<String> without = recalled.apply(some);
      for (int i = 0; i < some.size(); i++) {
        StudyQuestion question = some.get(i);
        reject(filter.known(question, without.get(i)), () -> kept.add(question));
      }
      at = to;
    }
  }

  List<StudyQuestion> kept() {
    return kept;
  }

  Map<Rejection, Integer> rejected() {
    return rejected;
  }
}
