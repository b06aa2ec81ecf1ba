package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.ChoiceInformation;
import org.seal4j.model.generate.Generation;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.grid.GridContext;
import org.seal4j.rl.grid.GridLanguage;
import org.seal4j.rl.inner.ModelPolicy;

/**
 * How likely the policy makes each value of each choice on each held-out task. The probabilities of
 * a choice are those of the model, exact, behind the choices before it; these are drawn a few times
 * from the policy, and the probabilities averaged over the draws. Those of the first choice need no
 * draw.
 *
 * <p>At the temperature that the policy is sampled with; a top-p below 1 is left out of account.
 */
final class PolicyReading {
  private final GridLanguage language;
  private final ModelPolicy<GridContext> policy;
  private final double temperature;
  private final int draws;

  /**
   * @param temperature that the policy is sampled with
   * @param draws self-edits a task
   */
  PolicyReading(
      GridLanguage language, ModelPolicy<GridContext> policy, double temperature, int draws) {
    this.language = language;
    this.policy = policy;
    this.temperature = temperature;
    this.draws = draws;
  }

  /**
   * What the policy makes of each task.
   *
   * @param probability of each value, by task and choice; each sums to 1 {@code [t, choice, value]}
   * @param entropy in bits of a choice when task and earlier choices are known, mean over draws
   *     {@code [t, choice]}
   */
  @SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
  record Read(double[][][] probability, double[][] entropy) {}

  /** Reads the policy as it is now. */
  Read read(List<GridContext> contexts, Seeds seeds) {
    List<SampleRequest<GridContext>> requests = new ArrayList<>();
    for (GridContext context : contexts) {
      for (int draw = 0; draw < draws; draw++) {
        requests.add(new SampleRequest<>(context, draw, seeds.child("sample", context.id(), draw)));
      }
    }
    List<Generation> written = policy.generations(requests, language.vocabulary().size());
    int places = language.edits().length();
    double[][][] probability = new double[contexts.size()][places][];
    double[][] entropy = new double[contexts.size()][places];
    for (int t = 0; t < contexts.size(); t++) {
      for (int place = 0; place < places; place++) {
        int of = place;
        List<double[]> drawn = new ArrayList<>();
        for (Generation one : written.subList(t * draws, (t + 1) * draws)) {
          drawn.add(distribution(one, of));
        }
        probability[t][place] = ChoiceInformation.mean(drawn);
        entropy[t][place] =
            drawn.stream().mapToDouble(ChoiceInformation::entropy).average().orElse(0);
      }
    }
    return new Read(probability, entropy);
  }

  /** Of the values that can stand at this place, at the policy's temperature. */
  private double[] distribution(Generation written, int place) {
    SoftTargets likeliest =
        Checks.present(written.likeliest(), "the policy kept no probabilities of its answer");
    int[] ids = language.tokens(language.edits().allowed(place));
    double[] weights = new double[ids.length];
    for (int j = 0; j < likeliest.width(); j++) {
      int at = place * likeliest.width() + j;
      for (int value = 0; value < ids.length; value++) {
        if (ids[value] == likeliest.ids()[at]) {
          weights[value] = StrictMath.pow(likeliest.probabilities()[at], 1 / temperature);
        }
      }
    }
    double sum = Arrays.stream(weights).sum();
    for (int value = 0; value < weights.length; value++) {
      weights[value] = sum == 0 ? 1.0 / weights.length : weights[value] / sum;
    }
    return weights;
  }
}
