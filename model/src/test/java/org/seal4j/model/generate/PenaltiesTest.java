package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Penalties and min-p against logits computed by hand, and their laws. */
class PenaltiesTest {
  private static final Seeds SEEDS = TinyModels.seeds("penalties");

  /** So small that it changes no logit, but goes the way of a penalty. */
  private static final Penalties NO_EFFECT = Penalties.NONE.withFrequency(1e-300);

  private static RowTokens row(int[] read, int... written) {
    List<Choice> choices = new ArrayList<>();
    for (int id : written) {
      choices.add(new Choice(id, -1, -1));
    }
    return new RowTokens(read, choices);
  }

  private static float[] adjusted(Penalties penalties, RowTokens row, float... logits) {
    float[] before = logits.clone();
    float[] adjusted = new Penalizer(penalties).adjust(logits, row).clone();
    assertThat(logits).isEqualTo(before);
    return adjusted;
  }

  @Test
  void the_repetition_penalty_divides_positive_logits_and_multiplies_negative_ones_once() {
    RowTokens row = row(new int[] {0, 1, 1}, 2, 2, 2);
    float[] x = adjusted(Penalties.NONE.withRepetition(1.3), row, 2f, -2f, 0.7f, 5f, -5f, 0f);
    float penalty = 1.3f;
    assertThat(x).containsExactly(2f / penalty, -2f * penalty, 0.7f / penalty, 5f, -5f, 0f);
  }

  @Test
  void presence_and_frequency_count_what_was_written_and_not_what_was_read() {
    RowTokens row = row(new int[] {0, 3, 3}, 1, 2, 2, 2);
    Penalties penalties = Penalties.NONE.withPresence(0.5).withFrequency(0.25);
    assertThat(adjusted(penalties, row, 1f, 1f, 1f, 1f, -1f))
        .containsExactly(1f, 1f - 0.25f - 0.5f, 1f - 3 * 0.25f - 0.5f, 1f, -1f);
    assertThat(adjusted(Penalties.NONE.withPresence(-2), row, 1f, 1f, 1f, 1f, -1f))
        .containsExactly(1f, 3f, 3f, 1f, -1f);
  }

  @Test
  void the_repetition_penalty_comes_before_the_others() {
    Penalties all = new Penalties(2, 1, 0.5);
    assertThat(adjusted(all, row(new int[] {1}, 0, 0), 4f, 4f, 4f))
        .containsExactly(4f / 2 - 2 * 0.5f - 1, 4f / 2, 4f);
  }

  @Test
  void a_penalized_choice_states_its_own_probability_and_that_of_the_model() {
    float[] x = {3, 2.9f, 0};
    Sampling how = Sampling.mostLikely().withPenalties(Penalties.NONE.withPresence(1));
    Choice choice = new TokenChooser(how).choose(x, null, row(new int[0], 0), SEEDS.rng());
    assertThat(choice.token()).isEqualTo(1);
    double drawn = Math.log(Math.exp(2.9) / (Math.exp(2) + Math.exp(2.9) + 1));
    double model = Math.log(Math.exp(2.9) / (Math.exp(3) + Math.exp(2.9) + 1));
    assertThat(choice.logProb()).isCloseTo(drawn, within(1e-6));
    assertThat(choice.modelLogProb()).isCloseTo(model, within(1e-6));
  }

  @Test
  void min_p_keeps_what_has_at_least_its_part_of_the_largest_probability() {
    // Probabilities 8 : 4 : 2 : 1, so parts 1, 1/2, 1/4, 1/8 of the largest.
    float[] x = {0, (float) Math.log(8), (float) Math.log(2), (float) Math.log(4)};
    assertThat(kept(Sampling.at(1).withMinP(0.3), x)).containsExactly(1, 3);
    assertThat(kept(Sampling.at(1).withMinP(0.2), x)).containsExactly(1, 2, 3);
    assertThat(kept(Sampling.at(1).withMinP(1), x)).containsExactly(1);
    // At temperature 2 the parts are 1, 0.71, 0.5, 0.35: tempered first, as Hugging Face does.
    assertThat(kept(Sampling.at(2).withMinP(0.3), x)).containsExactly(0, 1, 2, 3);
    assertThat(kept(Sampling.at(2).withMinP(0.45), x)).containsExactly(1, 2, 3);
  }

  @Test
  void min_p_goes_by_what_top_k_and_top_p_leave_and_renormalises() {
    float[] x = {0, (float) Math.log(8), (float) Math.log(2), (float) Math.log(4)};
    assertThat(kept(Sampling.at(1).withTopK(2).withMinP(0.01), x)).containsExactly(1, 3);
    assertThat(kept(Sampling.at(1).withTopP(0.9).withMinP(0.3), x)).containsExactly(1, 3);
    TokenChooser chooser = new TokenChooser(Sampling.at(1).withMinP(0.3));
    Rng rng = SEEDS.child("renormalised").rng();
    for (int i = 0; i < 20; i++) {
      Choice choice = chooser.choose(x, null, rng);
      double expected = choice.token() == 1 ? 8.0 / 12 : 4.0 / 12;
      assertThat(Math.exp(choice.logProb())).isCloseTo(expected, within(1e-6));
      double model = choice.token() == 1 ? 8.0 / 15 : 4.0 / 15;
      assertThat(Math.exp(choice.modelLogProb())).isCloseTo(model, within(1e-6));
    }
  }

  private static List<Integer> kept(Sampling how, float[] x) {
    TokenChooser chooser = new TokenChooser(how);
    Rng rng = SEEDS.child("kept").rng();
    return IntStream.range(0, 400)
        .mapToObj(i -> chooser.choose(x, null, rng).token())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void penalties_without_effect_leave_every_choice_bit_for_bit_as_it_is() {
    Rng sizes = SEEDS.child("none").rng();
    for (int trial = 0; trial < 200; trial++) {
      float[] x = new float[sizes.between(2, 400)];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (3 * sizes.nextGaussian());
      }
      RowTokens row = row(new int[] {0, 1}, 1, x.length - 1, 0);
      for (Sampling how :
          List.of(
              Sampling.mostLikely(),
              Sampling.at(1),
              Sampling.at(0.7).withTopK(5),
              Sampling.at(1.2).withTopP(0.9).withMinP(0.01))) {
        Seeds seeds = SEEDS.child("draw", trial);
        Choice plain = new TokenChooser(how).choose(x, null, row, seeds.rng());
        Choice same =
            new TokenChooser(how.withPenalties(NO_EFFECT)).choose(x, null, row, seeds.rng());
        assertThat(same.token()).as("trial %d, %s", trial, how).isEqualTo(plain.token());
        assertThat(same.logProb()).isEqualTo(plain.logProb());
        assertThat(same.modelLogProb()).isCloseTo(plain.modelLogProb(), within(1e-6));
      }
    }
  }

  @Test
  void a_min_p_below_every_probability_draws_as_none_does() {
    Rng rng = SEEDS.child("tiny").rng();
    for (int trial = 0; trial < 200; trial++) {
      float[] x = new float[rng.between(2, 100)];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (3 * rng.nextGaussian());
      }
      Seeds seeds = SEEDS.child("draw", trial);
      Sampling how = Sampling.at(1.1).withTopP(0.999999);
      Choice plain = new TokenChooser(how).choose(x, null, seeds.rng());
      Choice same = new TokenChooser(how.withMinP(1e-300)).choose(x, null, seeds.rng());
      assertThat(same).isEqualTo(plain);
    }
  }

  @Test
  void rows_with_penalties_do_not_depend_on_each_other() {
    ModelConfig config = ModelConfig.small(17, 16, 2, 2, 24);
    GenerationConfig plain = new GenerationConfig(Sampling.at(1), StopRule.after(25));
    GenerationConfig how =
        new GenerationConfig(
            Sampling.at(1).withMinP(0.02).withPenalties(new Penalties(1.2, 0.4, 0.3)),
            StopRule.after(25));
    try (Worker worker = new Worker();
        Weights weights = TinyModels.weights(config, SEEDS);
        Generator generator = new Generator(weights, worker, GeneratorOptions.defaults())) {
      List<Prompt> prompts = TinyModels.prompts(config, 9, 20, SEEDS);
      List<Generation> together = generator.generate(prompts, how);
      int changed = 0;
      for (int i = 0; i < prompts.size(); i++) {
        Generation alone = generator.generate(List.of(prompts.get(i)), how).get(0);
        assertThat(TinyModels.same(alone, together.get(i))).as("prompt %d", i).isTrue();
        Generation without = generator.generate(List.of(prompts.get(i)), plain).get(0);
        changed += TinyModels.same(alone, without) ? 0 : 1;
      }
      assertThat(changed).isGreaterThan(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, the repetition penalty must be a number > 0 (1 for none) but was 0.0",
    "NaN, 0, 0, the repetition penalty must be a number > 0 (1 for none) but was NaN",
    "1, 2.5, 0, the presence penalty must be between -2 and 2 (0 for none) but was 2.5",
    "1, 0, -3, the frequency penalty must be between -2 and 2 (0 for none) but was -3.0"
  })
  void a_penalty_that_means_nothing_is_refused(
      double repetition, double presence, double frequency, String message) {
    assertThatThrownBy(() -> new Penalties(repetition, presence, frequency))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void min_p_is_a_part_and_has_no_sense_for_the_most_likely_token() {
    assertThatThrownBy(() -> Sampling.at(1).withMinP(1.5))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sampling.minP must be in [0, 1]");
    assertThatThrownBy(() -> Sampling.mostLikely().withMinP(0.1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("keep one side");
  }

  @Test
  void extreme_penalties_stay_finite() {
    RowTokens row = row(new int[0], 0, 1);
    float[] x = adjusted(Penalties.NONE.withRepetition(1e30), row, -3e38f, 3e38f, 0);
    assertThat(x).containsExactly(-Float.MAX_VALUE, 3e38f / 1e30f, 0f);
    float[] small = adjusted(Penalties.NONE.withRepetition(1e-30), row, -3e38f, 3e38f, 0);
    assertThat(small).containsExactly(-3e38f * 1e-30f, Float.MAX_VALUE, 0f);
  }
}
