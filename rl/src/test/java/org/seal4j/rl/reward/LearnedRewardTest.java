package org.seal4j.rl.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.Agreement;

/** What a reward learns from a log. */
class LearnedRewardTest {
  private static final long SEED = Long.getLong("seal.test.seed", 29);
  private static final Seeds SEEDS = Seeds.of(SEED);
  private static final int FEATURES = 12;

  private static double[] features(Rng rng) {
    double[] features = new double[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      features[i] = rng.nextInt(3) - 1;
    }
    return features;
  }

  /** What a self-edit with these features is worth besides chance. */
  private static double truth(double[] features) {
    return 2 * features[0] - features[3] + 0.5 * features[7];
  }

  private static LearnedReward learned(int contexts, double chance, double shift) {
    LearnedReward reward = new LearnedReward();
    Rng rng = SEEDS.child("log").rng();
    for (int context = 0; context < contexts; context++) {
      double ease = shift * rng.nextDouble();
      for (int edit = 0; edit < 8; edit++) {
        double[] features = features(rng);
        double luck = chance * (rng.nextDouble() - 0.5);
        reward.add("c" + context, features, ease + truth(features) + luck);
      }
    }
    reward.fit();
    return reward;
  }

  /** Of predicted and true worths of self-edits that are not in the log. */
  private static double agreement(LearnedReward reward) {
    Rng rng = SEEDS.child("new").rng();
    double[] predicted = new double[200];
    double[] worths = new double[predicted.length];
    for (int i = 0; i < predicted.length; i++) {
      double[] features = features(rng);
      predicted[i] = reward.predict(features);
      worths[i] = truth(features);
    }
    return Agreement.spearman(predicted, worths).orElse(0);
  }

  @Test
  void a_linear_truth_is_found_though_contexts_differ_in_ease_and_chance_plays_in() {
    LearnedReward clear = learned(20, 0, 0);
    for (int i = 0; i < FEATURES; i++) {
      double[] one = new double[FEATURES];
      one[i] = 1;
      assertThat(clear.predict(one))
          .as("weight %d with -Dseal.test.seed=%d", i, SEED)
          .isCloseTo(truth(one), offset(0.02));
    }
    double noisy = agreement(learned(30, 4, 100));
    System.out.println("rank correlation with chance: " + noisy);
    assertThat(noisy).isGreaterThan(0.9);
  }

  @Test
  void how_easy_a_context_is_changes_no_prediction() {
    double[] one = features(SEEDS.child("one").rng());
    assertThat(learned(10, 1, 50).predict(one))
        .isCloseTo(learned(10, 1, 0).predict(one), offset(1e-9));
  }

  @Test
  void the_same_log_gives_the_same_bits() {
    double[] one = features(SEEDS.child("one").rng());
    assertThat(learned(10, 1, 3).predict(one)).isEqualTo(learned(10, 1, 3).predict(one));
  }

  @Test
  void without_worths_that_differ_nothing_is_known() {
    LearnedReward reward = new LearnedReward();
    assertThat(reward.isInformed()).isFalse();
    assertThat(reward.predict(new double[FEATURES])).isZero();
    Rng rng = SEEDS.child("same").rng();
    for (int i = 0; i < 12; i++) {
      reward.add("c" + i % 3, features(rng), i % 3);
    }
    reward.fit();
    assertThat(reward.rows()).isEqualTo(12);
    assertThat(reward.isInformed()).isFalse();
  }

  @Test
  void what_failed_counts_as_the_worst_of_all() {
    LearnedReward reward = new LearnedReward();
    for (int context = 0; context < 6; context++) {
      reward.add("c" + context, new double[] {1, 0}, Double.NEGATIVE_INFINITY);
      reward.add("c" + context, new double[] {0, 1}, -3);
      reward.add("c" + context, new double[] {0, 0}, -5);
    }
    reward.fit();
    assertThat(reward.predict(new double[] {1, 0}))
        .isFinite()
        .isLessThan(reward.predict(new double[] {0, 1}));
  }

  @Test
  void other_numbers_of_features_and_worths_that_are_none_are_refused() {
    LearnedReward reward = learned(3, 1, 1);
    assertThatThrownBy(() -> reward.predict(new double[3]))
        .isInstanceOf(InputException.class)
        .hasMessage("a self-edit has 3 features, but those before it had 12");
    assertThatThrownBy(() -> reward.add("c", new double[FEATURES], Double.NaN))
        .hasMessageContaining("must be a number or minus infinity but was NaN");
  }

  @Test
  void a_ridge_regression_solves_its_equations() {
    Rng rng = SEEDS.child("ridge").rng();
    double[][] x = new double[9][];
    double[] y = new double[9];
    for (int i = 0; i < x.length; i++) {
      x[i] = features(rng);
      y[i] = rng.nextDouble();
    }
    double penalty = 0.3;
    double[] w = Ridge.fit(x, y, penalty);
    double[] residuals = new double[y.length];
    Arrays.setAll(residuals, i -> y[i] - Ridge.product(x[i], w));
    for (int j = 0; j < FEATURES; j++) {
      double gradient = -penalty * w[j];
      for (int i = 0; i < x.length; i++) {
        gradient += x[i][j] * residuals[i];
      }
      assertThat(gradient).as("-Dseal.test.seed=%d", SEED).isCloseTo(0, offset(1e-10));
    }
  }
}
