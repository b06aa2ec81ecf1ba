package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.testing.TinyModels;

class TokenChooserTest {
  private static final Seeds SEEDS = TinyModels.seeds("chooser");

  private static BitSet all(int size) {
    BitSet set = new BitSet();
    set.set(0, size);
    return set;
  }

  private static float[] logits(Rng rng, int size) {
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) (2 * rng.nextGaussian());
    }
    return x;
  }

  /** The tokens of many draws with the probability that the chooser states for each. */
  private static Map<Integer, Double> support(Sampling sampling, float[] x, BitSet allowed) {
    TokenChooser chooser = new TokenChooser(sampling);
    Rng rng = SEEDS.child("support").rng();
    Map<Integer, Double> seen = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      Choice choice = chooser.choose(x, allowed, rng);
      seen.put(choice.token(), Math.exp(choice.logProb()));
    }
    return seen;
  }

  private static double sum(Map<Integer, Double> probabilities) {
    return probabilities.values().stream().mapToDouble(p -> p).sum();
  }

  @Test
  void tokens_come_as_often_as_their_stated_probability_says() {
    Rng rng = SEEDS.child("often").rng();
    for (Sampling sampling :
        new Sampling[] {Sampling.at(0.7), Sampling.at(1.5).withTopK(4).withTopP(0.9)}) {
      float[] x = logits(rng, 7);
      TokenChooser chooser = new TokenChooser(sampling);
      int draws = 20000;
      int[] counts = new int[7];
      double[] stated = new double[7];
      for (int i = 0; i < draws; i++) {
        Choice choice = chooser.choose(x, all(7), rng);
        counts[choice.token()]++;
        stated[choice.token()] = Math.exp(choice.logProb());
      }
      for (int id = 0; id < 7; id++) {
        double deviation = Math.sqrt(draws * stated[id] * (1 - stated[id])) + 1e-9;
        assertThat((counts[id] - draws * stated[id]) / deviation).isBetween(-4.5, 4.5);
      }
    }
  }

  @Test
  void the_model_probability_is_the_plain_softmax_whatever_is_allowed() {
    Rng rng = SEEDS.child("plain").rng();
    float[] x = logits(rng, 9);
    double total = 0;
    for (float value : x) {
      total += Math.exp(value);
    }
    BitSet allowed = all(9);
    allowed.clear(2, 6);
    for (int i = 0; i < 50; i++) {
      Choice choice = new TokenChooser(Sampling.at(3).withTopK(2)).choose(x, allowed, rng);
      assertThat(choice.modelLogProb())
          .isCloseTo(Math.log(Math.exp(x[choice.token()]) / total), Texts.within(1e-6));
    }
  }

  @Test
  void top_p_keeps_the_fewest_tokens_that_hold_its_share() {
    Rng rng = SEEDS.child("top-p").rng();
    for (double share : new double[] {0.1, 0.5, 0.8, 0.95}) {
      float[] x = logits(rng, 12);
      double temperature = 1.3;
      Map<Integer, Double> whole = support(Sampling.at(temperature).withTopP(1), x, all(12));
      Map<Integer, Double> kept = support(Sampling.at(temperature).withTopP(share), x, all(12));
      assertThat(sum(kept)).isCloseTo(1, Texts.within(1e-9));
      double mass = 0;
      double least = 1;
      for (int id : kept.keySet()) {
        double p = probability(x, id, temperature);
        mass += p;
        least = Math.min(least, p);
      }
      assertThat(mass).isGreaterThanOrEqualTo(share - 1e-9);
      assertThat(mass - least).isLessThan(share);
      for (int id : whole.keySet()) {
        assertThat(kept.containsKey(id)).isEqualTo(probability(x, id, temperature) >= least);
      }
    }
  }

  private static double probability(float[] x, int id, double temperature) {
    double total = 0;
    for (float value : x) {
      total += Math.exp(value / temperature);
    }
    return Math.exp(x[id] / temperature) / total;
  }

  @Test
  void top_k_keeps_the_k_most_likely_allowed_tokens() {
    float[] x = {5, 1, 4, 2, 3, 0};
    BitSet allowed = all(6);
    allowed.clear(2);
    Map<Integer, Double> kept = support(Sampling.at(2).withTopK(3), x, allowed);
    assertThat(kept.keySet()).containsExactly(0, 3, 4);
    assertThat(sum(kept)).isCloseTo(1, Texts.within(1e-12));
    assertThat(support(Sampling.at(2).withTopK(99), x, allowed)).hasSize(5);
  }

  @Test
  void ties_go_to_the_lowest_id() {
    float[] x = {1, -0f, 3, 0f, 3, 3};
    Rng rng = SEEDS.rng();
    assertThat(new TokenChooser(Sampling.mostLikely()).choose(x, all(6), rng).token()).isEqualTo(2);
    assertThat(support(Sampling.at(1).withTopK(2), x, all(6)).keySet()).containsExactly(2, 4);
    assertThat(support(Sampling.at(1).withTopK(1), x, all(6)).keySet()).containsExactly(2);
    BitSet zeros = new BitSet();
    zeros.set(1);
    zeros.set(3);
    assertThat(support(Sampling.at(1).withTopK(1), x, zeros).keySet()).containsExactly(1);
  }

  @Test
  void extreme_logits_and_temperatures_stay_finite() {
    float[] x = {-3e38f, 3e38f, 0, 3e38f};
    for (double temperature : new double[] {1e-300, 1, 1e300}) {
      Choice choice = new TokenChooser(Sampling.at(temperature)).choose(x, all(4), SEEDS.rng());
      assertThat(choice.logProb()).isFinite();
    }
    float[] close = {1f, Math.nextUp(1f)};
    Choice greedy = new TokenChooser(Sampling.mostLikely()).choose(close, all(2), SEEDS.rng());
    assertThat(greedy.token()).isEqualTo(1);
  }

  @Test
  void contradictory_settings_are_refused() {
    assertThatThrownBy(() -> Sampling.at(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("use sampling.greedy for 0");
    assertThatThrownBy(() -> Sampling.at(1).withTopP(0)).hasMessageContaining("(0, 1]");
    assertThatThrownBy(() -> Sampling.at(1).withTopK(-1)).hasMessageContaining("topK");
    assertThatThrownBy(() -> new Sampling(true, 0.7, 0, 1, 0, Penalties.NONE))
        .hasMessageContaining("keep one side");
  }

  @Test
  void a_choice_from_all_ids_is_the_choice_from_a_mask_that_allows_all() {
    Rng sizes = SEEDS.child("all").rng();
    for (int trial = 0; trial < 300; trial++) {
      float[] x = logits(sizes, sizes.between(1, 600));
      for (Sampling how :
          List.of(Sampling.mostLikely(), Sampling.at(1), Sampling.at(0.3), Sampling.at(40))) {
        TokenChooser chooser = new TokenChooser(how);
        Choice quick = chooser.choose(x, null, SEEDS.child("draw", trial).rng());
        Choice slow = chooser.choose(x, all(x.length), SEEDS.child("draw", trial).rng());
        assertThat(quick.token()).as("trial %d, %s", trial, how).isEqualTo(slow.token());
        assertThat(quick.logProb()).isCloseTo(slow.logProb(), within(2e-6));
        assertThat(quick.modelLogProb()).isCloseTo(slow.modelLogProb(), within(2e-6));
      }
    }
  }

  @Test
  void a_logit_that_is_not_finite_is_named_wherever_it_stands() {
    TokenChooser chooser = new TokenChooser(Sampling.mostLikely());
    for (int size = 1; size < 40; size++) {
      float[] x = logits(SEEDS.child("finite", size).rng(), size);
      chooser.requireFinite(x, 0, 0);
      for (float wrong : new float[] {Float.NaN, 1f / 0, -1f / 0}) {
        for (int at = 0; at < size; at++) {
          float[] bad = x.clone();
          bad[at] = wrong;
          String named = "logit " + wrong + " to id " + at + " as token 3 of sequence 2";
          assertThatThrownBy(() -> chooser.requireFinite(bad, 2, 3)).hasMessageContaining(named);
        }
      }
    }
  }
}
