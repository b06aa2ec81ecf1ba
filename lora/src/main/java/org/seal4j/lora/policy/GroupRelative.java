package org.seal4j.lora.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.seal4j.data.check.Checks;
import org.seal4j.model.graph.Graph;

/**
 * Group-relative policy optimisation (GRPO; Shao et al. 2024, arXiv 2402.03300, equations 3 and 4):
 * the advantage of a rollout is its reward less the mean of its group, divided by the group's
 * standard deviation, and holds for each of its tokens.
 *
 * <p>The standard deviation is that of a sample (n - 1), with 1e-4 added. A rollout that failed has
 * the lowest other reward of its group. Differs from the paper: groups in which all earned the same
 * are left out, as DAPO does (arXiv 2503.14476), since they have nothing but the divergence.
 */
public final class GroupRelative extends PolicyObjective {
  private static final String OLD = "old_nll";
  private static final String REFERENCE = "reference_nll";
  private static final String ADVANTAGE = "advantage";
  private static final String WEIGHTS = "token_weights";
  private static final double EPSILON = 1e-4;

  private final double clip;
  private final double kl;
  private final Normalisation normalisation;
  private final boolean divideBySpread;

  /** How much a token counts in the loss of a step. */
  public enum Normalisation {
    /** A rollout counts as much as any other; its tokens share that (GRPO). */
    SAMPLE,
    /** A token counts as much as any other of the step (DAPO, arXiv 2503.14476). */
    TOKEN
  }

  /**
   * @param clip how far the ratio of a token's probabilities, now and when it was sampled, may
   *     leave 1 before it teaches no more; above 0, infinite for any way
   * @param kl weight of the divergence from the policy that the run began with, by the estimator
   *     {@code exp(x) - x - 1}; 0 for none
   * @param normalisation how much a token counts
   * @param divideBySpread whether advantages are divided by the group's standard deviation; false
   *     as in Dr. GRPO (arXiv 2503.20783)
   */
  public GroupRelative(
      double clip, double kl, Normalisation normalisation, boolean divideBySpread) {
    Checks.require(clip > 0, "clip must be > 0 but was %s", clip);
    Checks.require(kl >= 0 && Double.isFinite(kl), "kl must be finite and >= 0 but was %s", kl);
    this.clip = clip;
    this.kl = kl;
    this.normalisation = normalisation;
    this.divideBySpread = divideBySpread;
  }

  @Override
  public List<Lesson> lessons(List<Rollout> rollouts) {
    Map<String, List<Rollout>> groups = new LinkedHashMap<>();
    for (Rollout rollout : rollouts) {
      groups.computeIfAbsent(rollout.group(), g -> new ArrayList<>()).add(rollout);
    }
    List<Lesson> lessons = new ArrayList<>();
    groups.values().forEach(group -> add(group, lessons));
    return lessons;
  }

  private void add(List<Rollout> group, List<Lesson> into) {
    double[] advantages = advantages(group.stream().mapToDouble(Rollout::reward).toArray());
    for (int i = 0; i < advantages.length; i++) {
      double advantage = advantages[i];
      Rollout rollout = group.get(i);
      if (!rollout.texts().isEmpty()) {
        into.add(
            new Lesson(
                rollout.texts().stream()
                    .map(text -> new Lesson.Directed(text, advantage))
                    .toList()));
      }
    }
  }

  /** The advantage of each; none where all earned the same. */
  double[] advantages(double[] rewards) {
    int n = rewards.length;
    double worst = Double.POSITIVE_INFINITY;
    double best = Double.NEGATIVE_INFINITY;
    for (double reward : rewards) {
      worst = Math.min(worst, Double.isFinite(reward) ? reward : Double.POSITIVE_INFINITY);
      best = Math.max(best, reward);
    }
    if (!(worst < best)) {
      return new double[0];
    }
    double mean = 0;
    for (double reward : rewards) {
      mean += Math.max(worst, reward) / n;
    }
    double squares = 0;
    double[] advantages = new double[n];
    for (int i = 0; i < n; i++) {
      advantages[i] = Math.max(worst, rewards[i]) - mean;
      squares += advantages[i] * advantages[i];
    }
    double spread = divideBySpread ? Math.sqrt(squares / (n - 1)) + EPSILON : 1;
    for (int i = 0; i < n; i++) {
      advantages[i] /= spread;
    }
    return advantages;
  }

  @Override
  public boolean needsStart() {
    return kl > 0;
  }

  @Override
  boolean needsScores() {
    return false;
  }

  @Override
  SDVariable loss(Graph graph, SDVariable nll) {
    long rows = graph.length(nll);
    SDVariable old = graph.placeholder(OLD, DataType.FLOAT, rows);
    SDVariable reference = graph.placeholder(REFERENCE, DataType.FLOAT, rows);
    SDVariable advantage = graph.placeholder(ADVANTAGE, DataType.FLOAT, 1);
    SDVariable weights = graph.placeholder(WEIGHTS, DataType.FLOAT, rows);
    return ClippedSurrogate.of(graph, List.of(nll, old, reference, advantage, weights), clip, kl)[
        0];
  }

  @Override
  List<StepText> texts(List<Lesson> step, TextScores old, TextScores reference, TextScores now) {
    double all = step.stream().mapToDouble(Lesson::tokens).sum();
    List<StepText> texts = new ArrayList<>();
    for (Lesson lesson : step) {
      double each =
          switch (normalisation) {
            case SAMPLE -> 1 / (lesson.tokens() * step.size());
            case TOKEN -> 1 / all;
          };
      for (Lesson.Directed text : lesson.texts()) {
        Map<String, float[]> inputs =
            Map.of(
                OLD, old.of(text.text()),
                REFERENCE, reference.of(text.text()),
                ADVANTAGE, new float[] {(float) text.direction()},
                WEIGHTS, weights(text, each));
        texts.add(new StepText(text.text(), inputs, true));
      }
    }
    return texts;
  }
}
