package org.seal4j.scripts.passage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.stats.Agreement;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.ProxyExecutor;
import org.seal4j.rl.passage.TrainingSequences;

/**
 * How well the proxy reward orders the edits of a passage as the real reward does: Spearman's rank
 * correlation within each passage, averaged over passages.
 */
final class ProxyCheck {
  private static final int FEWEST_EDITS = 3;

  private ProxyCheck() {}

  /** A line of the report on a round; empty where rewards or proxies never differ. */
  static Optional<Fact> fact(
      RoundResult round, PassagePlan plan, TrainingSequences texts, Seeds seeds) {
    String sentence = sentence(round.rows(), plan.round(round.round()), texts, seeds);
    return sentence.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fact("proxy reward, round " + round.round(), sentence));
  }

  /** For a person; empty where rewards or proxies never differ. */
  static String sentence(
      List<EditRow> rows, List<PassageContext> passages, TrainingSequences texts, Seeds seeds) {
    Map<String, Passage> byId = new HashMap<>();
    passages.forEach(context -> byId.put(context.id(), context.passage()));
    Map<String, List<EditRow>> edits = new HashMap<>();
    for (EditRow row : rows) {
      if (row.isValid()) {
        edits.computeIfAbsent(row.key().contextId(), id -> new ArrayList<>()).add(row);
      }
    }
    List<Outcome> correlations = new ArrayList<>();
    for (PassageContext context : passages) {
      List<EditRow> own = edits.getOrDefault(context.id(), List.of());
      if (own.size() >= FEWEST_EDITS) {
        correlation(own, context.passage(), texts)
            .ifPresent(rho -> correlations.add(new Outcome(context.id(), rho)));
      }
    }
    if (correlations.isEmpty()) {
      return "";
    }
    Estimate mean = new TaskBootstrap(seeds.child("proxy")).mean(correlations);
    return String.format(
        Locale.ROOT,
        "rank correlation of the proxy with the real reward within a passage %.2f [%.2f, %.2f], %d"
            + " passages",
        mean.value(),
        mean.interval().low(),
        mean.interval().high(),
        correlations.size());
  }

  private static OptionalDouble correlation(
      List<EditRow> rows, Passage passage, TrainingSequences texts) {
    double[] proxy = new double[rows.size()];
    double[] reward = new double[rows.size()];
    for (int i = 0; i < proxy.length; i++) {
      KnowledgeEdit edit = new KnowledgeEdit(rows.get(i).draft().edit().orElse(""));
      proxy[i] = ProxyExecutor.reward(edit, passage, texts);
      reward[i] = rows.get(i).outcome().reward();
    }
    return Agreement.spearman(proxy, reward);
  }
}
