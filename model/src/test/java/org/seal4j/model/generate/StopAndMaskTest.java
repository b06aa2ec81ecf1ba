package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** When answers end, and what they may hold. */
class StopAndMaskTest {
  private static final Seeds SEEDS = TinyModels.seeds("stop and mask");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);

  private static Worker worker;
  private static Weights weights;
  private static Generator generator;

  @BeforeAll
  static void open() {
    worker = new Worker();
    weights = TinyModels.weights(CONFIG, SEEDS);
    generator = new Generator(weights, worker, GeneratorOptions.defaults());
  }

  @AfterAll
  static void close() {
    generator.close();
    weights.close();
    worker.close();
  }

  private static List<Generation> answers(int count, StopRule stop) {
    return generator.generate(
        TinyModels.prompts(CONFIG, count, 12, SEEDS), new GenerationConfig(Sampling.at(1), stop));
  }

  @Test
  void an_answer_ends_with_its_first_stop_token_or_at_full_length() {
    for (Generation answer : answers(50, StopRule.after(12).orAt(4, 9))) {
      int[] tokens = answer.tokens();
      int stops = (int) Arrays.stream(tokens).filter(t -> t == 4 || t == 9).count();
      if (answer.reason() == StopReason.TOKEN) {
        assertThat(stops).isEqualTo(1);
        assertThat(tokens[tokens.length - 1]).isIn(4, 9);
      } else {
        assertThat(answer.reason()).isEqualTo(StopReason.LENGTH);
        assertThat(stops).isZero();
        assertThat(tokens).hasSize(12);
      }
      assertThat(answer.logProbs()).hasSameSizeAs(tokens);
      assertThat(answer.modelLogProbs()).hasSameSizeAs(tokens);
    }
  }

  @Test
  void a_condition_of_the_caller_ends_an_answer_at_once() {
    StopRule rule = StopRule.after(40).orWhen(t -> Arrays.stream(t).sum() > 60);
    for (Generation answer : answers(20, rule)) {
      int[] tokens = answer.tokens();
      int sum = Arrays.stream(tokens).sum();
      assertThat(sum > 60).isEqualTo(answer.reason() == StopReason.CONDITION);
      assertThat(sum - tokens[tokens.length - 1]).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void a_longer_limit_only_goes_on() {
    List<Generation> five = answers(10, StopRule.after(5));
    List<Generation> seventy = answers(10, StopRule.after(70));
    for (int i = 0; i < 10; i++) {
      assertThat(five.get(i).tokens()).hasSize(5);
      assertThat(Arrays.copyOf(seventy.get(i).tokens(), 5)).isEqualTo(five.get(i).tokens());
    }
  }

  /** After an even token an odd one, after an odd one an even one. */
  private static final class Alternating implements TokenMask {
    private int parity = 1;

    @Override
    public void restrict(java.util.BitSet candidates) {
      for (int id = 1 - parity; id < CONFIG.vocabSize(); id += 2) {
        candidates.clear(id);
      }
    }

    @Override
    public void accept(int token) {
      parity = 1 - token % 2;
    }
  }

  @Test
  void a_mask_is_never_violated_under_any_sampling() {
    List<Prompt> prompts =
        TinyModels.prompts(CONFIG, 12, 12, SEEDS).stream()
            .map(prompt -> prompt.withMask(Alternating::new))
            .toList();
    for (Sampling sampling :
        List.of(
            Sampling.mostLikely(),
            Sampling.at(1),
            Sampling.at(50),
            Sampling.at(1).withTopK(3),
            Sampling.at(1).withTopP(0.2))) {
      for (Generation answer :
          generator.generate(prompts, new GenerationConfig(sampling, StopRule.after(25)))) {
        for (int i = 0; i < 25; i++) {
          assertThat(answer.tokens()[i] % 2).isEqualTo(1 - i % 2);
          if (sampling.temperature() == 1) {
            assertThat(answer.logProbs()[i]).isGreaterThan(answer.modelLogProbs()[i]);
          }
        }
      }
    }
  }

  @Test
  void a_grammar_of_fixed_places_is_followed_and_a_single_choice_is_certain() {
    List<int[]> places = List.of(new int[] {1, 2}, new int[] {7}, new int[] {0, 16, 3});
    List<Prompt> prompts =
        TinyModels.prompts(CONFIG, 30, 12, SEEDS).stream()
            .map(prompt -> prompt.withMask(TokenMask.places(places)))
            .toList();
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(3));
    for (Generation answer : generator.generate(prompts, how)) {
      assertThat(answer.tokens()[0]).isIn(1, 2);
      assertThat(answer.tokens()[1]).isEqualTo(7);
      assertThat(answer.tokens()[2]).isIn(0, 16, 3);
      assertThat(answer.logProbs()[1]).isZero();
      assertThat(answer.modelLogProbs()[1]).isLessThan(0);
    }
    GenerationConfig longer = new GenerationConfig(Sampling.at(1), StopRule.after(4));
    assertThatThrownBy(() -> generator.generate(prompts, longer))
        .isInstanceOf(InputException.class)
        .hasMessage("the mask has 3 places but token 4 is asked for; stop after 3 tokens");
  }

  @Test
  void a_mask_that_leaves_nothing_is_refused() {
    Prompt prompt = TinyModels.prompts(CONFIG, 1, 5, SEEDS).get(0);
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(2));
    assertThatThrownBy(
            () ->
                generator.generate(
                    List.of(prompt.withMask(() -> candidates -> candidates.clear())), how))
        .hasMessage(
            "the mask of prompt 0 allows nothing as token 0; it must leave at least one of the ids 0"
                + " to 16");
    assertThatThrownBy(
            () ->
                generator.generate(
                    List.of(prompt.withMask(() -> candidates -> candidates.set(17))), how))
        .hasMessageContaining("allows id 17");
  }

  @Test
  void stop_rules_without_sense_are_refused() {
    assertThatThrownBy(() -> StopRule.after(0)).isInstanceOf(InputException.class);
    assertThat(StopRule.after(3).orAt(5, 1, 5).tokens()).isEqualTo(Set.of(1, 5));
  }
}
