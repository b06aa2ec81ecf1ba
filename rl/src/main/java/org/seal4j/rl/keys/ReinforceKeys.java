package org.seal4j.rl.keys;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.policy.GroupRelative;
import org.seal4j.lora.policy.PolicyObjective;
import org.seal4j.lora.policy.PolicyTraining;
import org.seal4j.lora.policy.Preference;
import org.seal4j.rl.inner.PolicyLearner;
import org.seal4j.rl.restem.TopPerTask;

/**
 * How a policy learns by GRPO or DPO, from good and bad self-edits alike. The adapter, its schedule
 * and its optimizer are those of {@code learn}.
 *
 * @param clip GRPO: how far the ratio of a token's probabilities, now and when it was written, may
 *     leave 1 before it teaches no more; null for any way
 * @param kl GRPO: weight of the divergence from the model that the run began with; 0 for none
 * @param normalisation GRPO: whether each self-edit counts alike ({@code sample}) or each token of
 *     a step ({@code token}, as in DAPO)
 * @param divideBySpread GRPO: whether advantages are divided by the standard deviation of their
 *     context; false as in Dr. GRPO
 * @param beta DPO: how sharply the margin between the best and the worst self-edit of a context
 *     counts
 * @param learningRate peak rate; null for {@code learn.learningRate}
 * @param batch self-edits (GRPO) or pairs of them (DPO) of an optimizer step
 * @param epochs passes over the self-edits of a round
 */
public record ReinforceKeys(
    @Nullable Double clip,
    double kl,
    GroupRelative.Normalisation normalisation,
    boolean divideBySpread,
    double beta,
    @Nullable Double learningRate,
    int batch,
    int epochs) {
  public ReinforceKeys {
    Checks.inGroup("reinforce", () -> new Preference(beta));
    Checks.inGroup("reinforce", () -> grpo(clip, kl, normalisation, divideBySpread));
    double rate = learningRate == null ? 1 : learningRate;
    Checks.require(
        rate > 0 && Double.isFinite(rate),
        "reinforce.learningRate must be finite and > 0 but was %s",
        rate);
    Checks.require(batch >= 1, "reinforce.batch must be >= 1 but was %d", batch);
    Checks.require(epochs >= 1, "reinforce.epochs must be >= 1 but was %d", epochs);
  }

  private static GroupRelative grpo(
      @Nullable Double clip,
      double kl,
      GroupRelative.Normalisation normalisation,
      boolean divideBySpread) {
    return new GroupRelative(
        clip == null ? Double.POSITIVE_INFINITY : clip, kl, normalisation, divideBySpread);
  }

  /**
   * How the policy of a recipe learns, for kinds in which {@code learning} and {@code reinforce}
   * may be null; null where it is fitted to selected self-edits.
   *
   * @param keys the group {@code reinforce}; null where it is missing
   * @param learn the adapter
   * @param loop whose self-edits are compared with each other
   */
  public static PolicyLearner.@Nullable Config config(
      Learning learning, @Nullable ReinforceKeys keys, InnerKeys learn, LoopKeys loop) {
    if (learning == Learning.RESTEM) {
      return null;
    }
    String word = learning.name().toLowerCase(Locale.ROOT);
    ReinforceKeys given =
        Checks.present(keys, "reinforce is missing, but learning is %s, which reads it", word);
    Checks.require(
        loop.editsPerContext() >= 2,
        "learning is %s, which compares self-edits of a context, but loop.editsPerContext is %d;"
            + " make it 2 or more",
        word,
        loop.editsPerContext());
    return given.config(learning, learn, loop.ranking());
  }

  /**
   * The same for a learner; null where it fits the policy to selected self-edits.
   *
   * @param learn the adapter
   * @param ranking what a self-edit is worth
   */
  public PolicyLearner.@Nullable Config config(
      Learning learning, InnerKeys learn, TopPerTask.Ranking ranking) {
    return switch (learning) {
      case RESTEM -> null;
      case GRPO -> config(grpo(clip, kl, normalisation, divideBySpread), learn, ranking);
      case DPO -> config(new Preference(beta), learn, ranking);
    };
  }

  private PolicyLearner.Config config(
      PolicyObjective objective, InnerKeys learn, TopPerTask.Ranking ranking) {
    double rate = learningRate == null ? learn.fit().learningRate() : learningRate;
    return new PolicyLearner.Config(
        new PolicyTraining(learn.config(), rate, batch, epochs, objective), ranking);
  }
}
