package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.stats.RewardNoise;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;

/** How much of the rewards of the rounds is chance, where edits were trained more than once. */
final class Noise {
  private Noise() {}

  /** The noise of one round; empty where edits or repetitions are too few to tell. */
  static Optional<RewardNoise> of(RoundResult round) {
    Map<String, List<List<Double>>> byPassage = new LinkedHashMap<>();
    for (EditRow row : round.rows()) {
      if (row.isValid() && row.outcome().trials().size() >= 2) {
        byPassage
            .computeIfAbsent(row.key().contextId(), id -> new ArrayList<>())
            .add(row.outcome().trials());
      }
    }
    byPassage.values().removeIf(edits -> edits.size() < 2);
    return byPassage.isEmpty()
        ? Optional.empty()
        : Optional.of(RewardNoise.of(List.copyOf(byPassage.values())));
  }

  /** The same as a line of the report. */
  static Optional<Fact> fact(RoundResult round) {
    return of(round)
        .map(noise -> new Fact("reward noise, round " + round.round(), sentence(noise)));
  }

  /** For a person. */
  static String sentence(RewardNoise noise) {
    return String.format(
        Locale.ROOT,
        "deviation between edits of a passage %.3f, between repetitions of an edit %.3f; gain of the"
            + " best edit over a random one: %+.1f points on the repetitions it was chosen by, %+.1f"
            + " on the one not used for choosing (%d passages, %d repetitions, each left out once)",
        noise.between(),
        noise.within(),
        100 * noise.apparentLift(),
        100 * noise.trueLift(),
        noise.contexts(),
        noise.repeats());
  }
}
