package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;

/**
 * What chosen self-edits earn when they are trained and examined once more: the best of several is
 * partly the luckiest (the winner's curse).
 *
 * @param arm its name
 * @param round its number; 0 for all rounds together
 * @param first mean dense reward that they were chosen by, in nats a token
 * @param again mean of the second examination
 * @param difference second minus first, bootstrapped over passages
 * @param recall difference of the same in token recall
 * @param edits how many
 */
record SecondLook(
    String arm,
    int round,
    double first,
    double again,
    Estimate difference,
    Estimate recall,
    int edits) {
  private static final String NOTE =
      "Chosen self-edits trained and examined once more with fresh random numbers, before the policy"
          + " learned. The dense reward is the likelihood of the gold answers in nats a token. What"
          + " is lost at the second look was luck. Intervals are bootstrapped over passages.";

  /** Both examinations of an edit. */
  private record Pair(int round, EditRow first, EditRow again) {}

  /** Each round that examined edits twice, and all rounds together where there are several. */
  static List<SecondLook> of(StudyArm arm, Seeds seeds) {
    List<SecondLook> all = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (RoundResult round : arm.phases().rounds()) {
      List<Pair> own = pairs(round);
      pairs.addAll(own);
      look(arm.keys().name(), round.round(), own, seeds).ifPresent(all::add);
    }
    if (all.size() > 1) {
      look(arm.keys().name(), 0, pairs, seeds).ifPresent(all::add);
    }
    return all;
  }

  private static List<Pair> pairs(RoundResult round) {
    List<Pair> pairs = new ArrayList<>();
    for (EditRow again : round.reexamined()) {
      EditRow first =
          round.rows().stream()
              .filter(
                  row ->
                      row.key().contextId().equals(again.key().contextId())
                          && row.key().index() == again.key().index())
              .findFirst()
              .orElseThrow(() -> Checks.refuse("%s was not chosen from its round", again.key()));
      if (Double.isFinite(dense(first)) && Double.isFinite(dense(again))) {
        pairs.add(new Pair(round.round(), first, again));
      }
    }
    return pairs;
  }

  private static Optional<SecondLook> look(String arm, int round, List<Pair> pairs, Seeds seeds) {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    List<Outcome> first = new ArrayList<>();
    List<Outcome> again = new ArrayList<>();
    List<Outcome> firstRecall = new ArrayList<>();
    List<Outcome> againRecall = new ArrayList<>();
    for (Pair pair : pairs) {
      String passage = pair.first.key().contextId();
      first.add(new Outcome(passage, dense(pair.first)));
      again.add(new Outcome(passage, dense(pair.again)));
      firstRecall.add(new Outcome(passage, pair.first.outcome().reward()));
      againRecall.add(new Outcome(passage, pair.again.outcome().reward()));
    }
    TaskBootstrap bootstrap = new TaskBootstrap(seeds.child("bootstrap", arm, round));
    return Optional.of(
        new SecondLook(
            arm,
            round,
            mean(first),
            mean(again),
            bootstrap.difference(again, first),
            bootstrap.difference(againRecall, firstRecall),
            pairs.size()));
  }

  private static double dense(EditRow row) {
    return -row.outcome().negLogLikelihood();
  }

  private static double mean(List<Outcome> outcomes) {
    return outcomes.stream().mapToDouble(Outcome::value).average().orElse(0);
  }

  /** A table of all of them. */
  static Section section(List<SecondLook> looks) {
    return Section.of(
        "Luck in the rewards of chosen self-edits",
        html -> {
          if (!looks.isEmpty()) {
            write(looks, html);
          }
        });
  }

  private static void write(List<SecondLook> looks, Html html) {
    html.note(NOTE);
    Cells cells = new Cells(html);
    cells.head("", "n", "when chosen", "again", "difference", "95 %", "recall, points", "95 %");
    for (SecondLook look : looks) {
      cells.row(
          look.arm + (look.round == 0 ? ", all rounds" : ", round " + look.round),
          List.of(
              "" + look.edits,
              Cells.number("%.3f", look.first),
              Cells.number("%.3f", look.again),
              Cells.number("%+.3f", look.difference.value()),
              Cells.interval("%.3f", look.difference.interval(), 1),
              Cells.number("%+.1f", 100 * look.recall.value()),
              Cells.interval("%.1f", look.recall.interval(), 100)));
    }
    cells.end();
  }
}
