package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Prompts that begin alike are read once; and the likeliest tokens that a teacher leaves. */
class SharedPrefixTest {
  private static final Seeds SEEDS = TinyModels.seeds("shared prefix");
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

  private static List<Prompt> sharing(int common, int count) {
    TokenSequence prefix = TinyModels.sequence(CONFIG, common, SEEDS.child("prefix").rng());
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TokenSequence rest = TinyModels.sequence(CONFIG, 1 + i, SEEDS.child("rest", i).rng());
      int[] ids = Arrays.copyOf(prefix.ids(), common + rest.length());
      System.arraycopy(rest.ids(), 0, ids, common, rest.length());
      int[] positions = Arrays.copyOf(prefix.positions(), ids.length);
      System.arraycopy(rest.positions(), 0, positions, common, rest.length());
      TokenSequence all = new TokenSequence(ids, positions, new float[ids.length]);
      prompts.add(Prompt.of(all, SEEDS.child("sample", i)));
    }
    return prompts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 64, 70})
  @Tag("slow")
  void what_prompts_begin_with_in_common_changes_no_bit_of_an_answer(int common) {
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(9));
    List<Prompt> prompts = sharing(common, 7);
    List<Generation> together = generator.generate(prompts, how);
    for (int i = 0; i < prompts.size(); i++) {
      Generation alone = generator.generate(List.of(prompts.get(i)), how).get(0);
      assertThat(TinyModels.same(alone, together.get(i))).as("prompt %d, %s", i, SEEDS).isTrue();
    }
  }

  @Test
  void samples_of_one_prompt_are_those_that_are_drawn_alone() {
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(9));
    Prompt prompt = sharing(65, 1).get(0);
    List<Prompt> samples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      samples.add(prompt.withSeeds(SEEDS.child("draw", i)));
    }
    List<Generation> together = generator.generate(samples, how);
    for (int i = 0; i < 5; i++) {
      Generation alone = generator.generate(List.of(samples.get(i)), how).get(0);
      assertThat(TinyModels.same(alone, together.get(i))).isTrue();
    }
  }

  @Test
  void the_likeliest_tokens_are_those_of_the_model_and_fall() {
    GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), StopRule.after(6), 4);
    Generation answer = generator.generate(sharing(40, 1), how).get(0);
    SoftTargets likeliest = answer.likeliest();
    assertThat(likeliest).isNotNull();
    assertThat(likeliest.width()).isEqualTo(4);
    assertThat(likeliest.length()).isEqualTo(answer.tokens().length);
    for (int i = 0; i < likeliest.length(); i++) {
      assertThat(likeliest.ids()[4 * i]).isEqualTo(answer.tokens()[i]);
      assertThat(Math.log(likeliest.probabilities()[4 * i]))
          .isCloseTo(answer.modelLogProbs()[i], Texts.within(1e-5));
      for (int k = 1; k < 4; k++) {
        assertThat(likeliest.probabilities()[4 * i + k])
            .isLessThanOrEqualTo(likeliest.probabilities()[4 * i + k - 1]);
      }
    }
  }

  @Test
  void all_tokens_of_a_small_vocabulary_have_probability_one_together() {
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(3), 20);
    SoftTargets all = generator.generate(sharing(5, 1), how).get(0).likeliest();
    assertThat(all).isNotNull();
    for (int i = 0; i < all.length(); i++) {
      double sum = 0;
      for (int k = 0; k < 20; k++) {
        sum += all.probabilities()[20 * i + k];
      }
      assertThat(sum).isCloseTo(1, Texts.within(1e-5));
      assertThat(all.probabilities()[20 * i + 17]).isZero(); // there are 17 tokens
    }
  }
}
