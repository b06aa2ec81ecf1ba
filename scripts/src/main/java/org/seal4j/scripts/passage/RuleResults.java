package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Results;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.experiment.ResultTable;

/** What a comparison of rules found. */
final class RuleResults {
  private final Seeds seeds;
  private final Measured measured;

  /**
   * What was measured.
   *
   * @param before evaluations without reinforcement
   * @param byRule rounds and last evaluation, by the rule's name
   */
  record Measured(Phases before, Map<String, ByRule> byRule) {}

  /**
   * What one rule gave.
   *
   * @param rounds of the loop
   * @param after the evaluation after the last of them
   */
  record ByRule(List<RoundResult> rounds, List<EditRow> after) {}

  RuleResults(Seeds seeds, Measured measured) {
    this.seeds = seeds;
    this.measured = measured;
  }

  /** Rounds and losses by rule. */
  Map<String, ByRule> byRule() {
    return measured.byRule();
  }

  /** The rounds by a rule. */
  List<RoundResult> rounds(RuleKeys rule) {
    return Checks.present(byRule().get(rule.name()), "no rule is called %s", rule.name()).rounds();
  }

  /** All evaluations; those after the last round are called by their rule. */
  Phases phases() {
    Map<String, List<EditRow>> evaluations = new LinkedHashMap<>(measured.before().evaluations());
    Map<String, String> labels = new LinkedHashMap<>(measured.before().conditions());
    measured
        .byRule()
        .forEach(
            (name, rule) -> {
              evaluations.put(name, rule.after());
              labels.put(name, name);
            });
    return new Phases(List.of(), evaluations, labels);
  }

  /** Every condition, each rule against no RL, and the first rule against each other. */
  Results table() {
    List<String> names = List.copyOf(measured.byRule().keySet());
    List<ResultTable.Contrast> contrasts = new ArrayList<>();
    for (String name : names) {
      contrasts.add(new ResultTable.Contrast(name, Phases.NO_RL_LABEL));
    }
    for (String name : names.subList(1, names.size())) {
      contrasts.add(new ResultTable.Contrast(names.get(0), name));
    }
    return new ResultTable(PassageExperiment.METRIC, "passage", phases(), seeds)
        .contrasts(contrasts);
  }

  /** What each rule chose in each round, for a person. */
  List<String> learned() {
    List<String> lines = new ArrayList<>();
    measured
        .byRule()
        .forEach(
            (name, rule) ->
                rule.rounds().forEach(round -> lines.add(name + ", " + sentence(round))));
    return lines;
  }

  private static String sentence(RoundResult round) {
    double sum = 0;
    for (int i = 0; i < round.rows().size(); i++) {
      sum += round.weights().get(i) > 0 ? round.rows().get(i).outcome().reward() : 0;
    }
    return String.format(
        Locale.ROOT,
        "round %d: learned %d of %d edits in %d steps; their mean reward %.3f, of all %.3f",
        round.round(),
        round.selected(),
        round.rows().size(),
        round.losses().size(),
        round.selected() == 0 ? 0 : sum / round.selected(),
        round.meanReward());
  }
}
