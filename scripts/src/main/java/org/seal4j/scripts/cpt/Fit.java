package org.seal4j.scripts.cpt;

import java.util.List;
import java.util.Optional;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.rl.Grade;

/**
 * A model, how it was trained, and what it answers.
 *
 * @param arm method and texts; empty for the model as it was
 * @param texts number of different texts it was trained on
 * @param losses of its steps
 * @param answered for each passage in order
 * @param priorKnowledge the questions on facts of pretraining
 */
record Fit(
    Optional<Arm> arm, int texts, List<Double> losses, List<Grade> answered, Grade priorKnowledge) {
  static final String BASE = "base model, not trained";

  Fit {
    losses = List.copyOf(losses);
    answered = List.copyOf(answered);
  }

  /** One row of the table but the first. */
  record Arm(Method method, Texts texts) {
    String label() {
      return method.label() + ", " + texts.label();
    }
  }

  String label() {
    return arm.map(Arm::label).orElse(BASE);
  }

  /** The shares by passage. */
  List<Outcome> outcomes(List<String> passages) {
    return java.util.stream.IntStream.range(0, answered.size())
        .mapToObj(i -> new Outcome(passages.get(i), answered.get(i).reward()))
        .toList();
  }
}
