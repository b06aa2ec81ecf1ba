package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.keys.Learning;

/**
 * The self-edits of one round of one arm: those that the policy learned from against the others.
 *
 * @param arm its name
 * @param round its number
 * @param edits valid ones
 */
record ChosenEdits(String arm, int round, List<Edit> edits) {
  /**
   * One edit.
   *
   * @param row of the journal
   * @param passage that it is about
   * @param traits of its text
   * @param chosen whether the policy learned from it; where it learns from good and bad ones,
   *     whether it does better than the mean of its passage
   * @param lead how much likelier than the mean of its passage's edits the gold answers became, in
   *     nats a token; NaN where its training ended early
   */
  record Edit(EditRow row, Passage passage, EditTraits traits, boolean chosen, double lead) {
    /** The dense reward: likelihood of the gold answers, in nats a token. */
    double dense() {
      return -row.outcome().negLogLikelihood();
    }
  }

  /**
   * A trait of the chosen against that of the others.
   *
   * @param name of the trait
   * @param chosen mean
   * @param others mean
   * @param difference chosen minus others, paired by passage
   */
  record Contrast(String name, double chosen, double others, Estimate difference) {}

  /** All rounds of an arm. */
  static List<ChosenEdits> of(StudyArm arm, Map<String, Passage> passages) {
    List<ChosenEdits> all = new ArrayList<>();
    for (RoundResult round : arm.phases().rounds()) {
      all.add(new ChosenEdits(arm.keys().name(), round.round(), edits(arm, round, passages)));
    }
    return all;
  }

  private static List<Edit> edits(StudyArm arm, RoundResult round, Map<String, Passage> passages) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < round.rows().size(); i++) {
      EditRow row = round.rows().get(i);
      if (row.isValid() && Double.isFinite(row.outcome().negLogLikelihood())) {
        String id = row.key().contextId();
        Passage passage = Checks.present(passages.get(id), "passage %s is in no round", id);
        double mean =
            round.rows().stream()
                .filter(other -> other.key().contextId().equals(id) && other.isExamined())
                .mapToDouble(other -> other.outcome().negLogLikelihood())
                .filter(Double::isFinite)
                .average()
                .orElse(0);
        double lead = row.isExamined() ? mean - row.outcome().negLogLikelihood() : Double.NaN;
        edits.add(
            new Edit(
                row,
                passage,
                EditTraits.of(row, passage, arm.studied(row)),
                arm.keys().learns() == Learning.RESTEM ? round.weights().get(i) > 0 : lead > 0,
                lead));
      }
    }
    return edits;
  }

  /** Every trait, over the passages that have it on both sides. */
  List<Contrast> contrasts(Seeds seeds) {
    Set<String> names = new LinkedHashSet<>();
    edits.forEach(edit -> names.addAll(edit.traits().values().keySet()));
    List<Contrast> contrasts = new ArrayList<>();
    for (String name : names) {
      Map<String, List<Outcome>> chosen = values(name, true);
      Map<String, List<Outcome>> others = values(name, false);
      chosen.keySet().retainAll(others.keySet());
      others.keySet().retainAll(chosen.keySet());
      if (!chosen.isEmpty()) {
        TaskBootstrap bootstrap = new TaskBootstrap(seeds.child("bootstrap", arm, round, name));
        Estimate difference = bootstrap.difference(all(chosen), all(others));
        contrasts.add(new Contrast(name, mean(chosen), mean(others), difference));
      }
    }
    return contrasts;
  }

  /** Values of a trait by passage. */
  private Map<String, List<Outcome>> values(String name, boolean chosen) {
    Map<String, List<Outcome>> values = new LinkedHashMap<>();
    for (Edit edit : edits) {
      Double value = edit.traits().values().get(name);
      if (edit.chosen() == chosen && value != null) {
        String id = edit.passage().id();
        values.computeIfAbsent(id, i -> new ArrayList<>()).add(new Outcome(id, value));
      }
    }
    return values;
  }

  private static List<Outcome> all(Map<String, List<Outcome>> values) {
    return values.values().stream().flatMap(List::stream).toList();
  }

  private static double mean(Map<String, List<Outcome>> values) {
    return all(values).stream().mapToDouble(Outcome::value).average().orElse(Double.NaN);
  }

  /** The edits that lead the others of their passage by most; first the best. */
  List<Edit> best(int count) {
    return examined()
        .sorted(Comparator.comparingDouble(Edit::lead).reversed())
        .limit(count)
        .toList();
  }

  private Stream<Edit> examined() {
    return edits.stream().filter(edit -> edit.row().isExamined());
  }

  /** How many were trained but a part of the way. */
  long stopped() {
    return edits.size() - examined().count();
  }

  /** Those that are behind by most; first the worst. Never one of the best. */
  List<Edit> worst(int count) {
    return examined()
        .sorted(Comparator.comparingDouble(Edit::lead))
        .limit(Math.max(0, Math.min(count, examined().count() - best(count).size())))
        .toList();
  }
}
