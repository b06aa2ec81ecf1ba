package org.seal4j.rl.reward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.Agreement;
import org.seal4j.rl.Context;
import org.seal4j.rl.Screen;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.restem.TopPerTask;

/**
 * Keeps the self-edits that a learned reward predicts the most for, and some by chance, so that
 * every self-edit stays possible and the reward learns of all. Before anything is known all are
 * kept by chance.
 */
public final class LearnedScreen<C extends Context, E extends SelfEdit> implements Screen<C, E> {
  private final EditFeatures<C, E> domain;
  private final Config config;
  private final TopPerTask.Ranking ranking;
  private final LearnedReward reward = new LearnedReward();
  private final Map<String, List<E>> byChance = new HashMap<>();
  private final List<ScreenedRound> rounds = new ArrayList<>();

  /**
   * How it chooses.
   *
   * @param proposals how many times as many self-edits are written as are examined
   * @param explore share of the examined ones that is drawn by chance; where it is above 0 at least
   *     one of each context is
   */
  public record Config(int proposals, double explore) {
    private static final int MOST_PROPOSALS = 1000;

    public Config {
      Checks.require(
          proposals >= 2 && proposals <= MOST_PROPOSALS,
          "proposals must be in 2 to %d but was %d; 4 is usual",
          MOST_PROPOSALS,
          proposals);
      Checks.require(explore >= 0 && explore <= 1, "explore must be in [0, 1] but was %s", explore);
    }

    /** How many of so many are drawn by chance. */
    int byChance(int count) {
      return explore == 0 ? 0 : Math.max(1, (int) Math.round(explore * count));
    }
  }

  /**
   * @param domain describes self-edits
   * @param ranking what a self-edit is worth
   */
  public LearnedScreen(EditFeatures<C, E> domain, Config config, TopPerTask.Ranking ranking) {
    this.domain = domain;
    this.config = config;
    this.ranking = ranking;
  }

  @Override
  public int proposals() {
    return config.proposals();
  }

  @Override
  public List<Integer> keep(C context, List<E> written, int count, Seeds seeds) {
    Rng rng = seeds.rng();
    List<Integer> open = permuted(rng, written.size());
    List<Integer> kept = new ArrayList<>();
    if (reward.isInformed()) {
      List<Double> predicted =
          written.stream().map(edit -> reward.predict(domain.features(context, edit))).toList();
      List<Integer> ranked = new ArrayList<>(open);
      ranked.sort(Comparator.comparing(predicted::get, Comparator.reverseOrder()));
      kept.addAll(ranked.subList(0, count - config.byChance(count)));
      open.removeAll(kept);
    }
    List<Integer> chance = open.subList(0, count - kept.size());
    byChance.put(context.id(), chance.stream().map(written::get).toList());
    kept.addAll(chance);
    return kept;
  }

  private static List<Integer> permuted(Rng rng, int size) {
    List<Integer> places = new ArrayList<>();
    for (int place : rng.permutation(size)) {
      places.add(place);
    }
    return places;
  }

  @Override
  public void learn(int round, List<WeightedProposal<C, E>> examined) {
    rounds.add(foreseen(round, examined));
    byChance.clear();
    for (WeightedProposal<C, E> line : examined) {
      if (isExamined(line)) {
        double[] features = features(line);
        reward.add(round + "/" + line.context().id(), features, worth(line));
      }
    }
    reward.fit();
  }

  private boolean isExamined(WeightedProposal<C, E> line) {
    return line.proposal().isValid() && !line.outcome().stopped();
  }

  private double[] features(WeightedProposal<C, E> line) {
    return domain.features(line.context(), line.proposal().edit().orElseThrow());
  }

  private double worth(WeightedProposal<C, E> line) {
    return ranking.worth(line.outcome());
  }

  /** What was predicted of a round beside what it gave. */
  private ScreenedRound foreseen(int round, List<WeightedProposal<C, E>> examined) {
    Map<String, List<WeightedProposal<C, E>>> byContext = new LinkedHashMap<>();
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (WeightedProposal<C, E> line : examined) {
      if (isExamined(line)) {
        String id = line.context().id();
        byContext.computeIfAbsent(id, context -> new ArrayList<>()).add(line);
        List<E> chance = byChance.get(id);
        if (chance == null) {
          continue; // no choice was made: there were not enough different ones
        }
        int kind = chance.contains(line.proposal().edit().orElseThrow()) ? 1 : 0;
        sums[kind] += line.outcome().reward();
        counts[kind]++;
      }
    }
    double correlations = 0;
    int defined = 0;
    for (List<WeightedProposal<C, E>> lines : byContext.values()) {
      OptionalDouble rho = reward.isInformed() ? correlation(lines) : OptionalDouble.empty();
      if (rho.isPresent()) {
        correlations += rho.getAsDouble();
        defined++;
      }
    }
    return new ScreenedRound(
        round,
        reward.rows(),
        correlations / defined,
        defined,
        sums[0] / counts[0],
        counts[0],
        sums[1] / counts[1],
        counts[1]);
  }

  /** Of predicted and measured worths of one context, what failed as the worst. */
  private OptionalDouble correlation(List<WeightedProposal<C, E>> lines) {
    if (lines.size() < 2) {
      return OptionalDouble.empty();
    }
    double[] measured = lines.stream().mapToDouble(this::worth).toArray();
    double least = Double.POSITIVE_INFINITY;
    for (double worth : measured) {
      least = Math.min(least, Double.isFinite(worth) ? worth : Double.POSITIVE_INFINITY);
    }
    for (int i = 0; i < measured.length; i++) {
      measured[i] = Double.isFinite(measured[i]) ? measured[i] : Math.min(0, least) - 1;
    }
    double[] predicted =
        lines.stream().mapToDouble(line -> reward.predict(features(line))).toArray();
    return Agreement.spearman(predicted, measured);
  }

  /** How well each round so far was foreseen. */
  public List<ScreenedRound> rounds() {
    return List.copyOf(rounds);
  }
}
