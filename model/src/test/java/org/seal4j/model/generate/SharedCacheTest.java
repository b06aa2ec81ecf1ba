package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Generators of one thread can write into the same key-value memory. */
class SharedCacheTest {
  private static final Seeds SEEDS = TinyModels.seeds("shared cache");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);
  private static final GenerationConfig HOW =
      new GenerationConfig(Sampling.at(1), StopRule.after(9));

  /** Every other call needs more room, so that the memory moves under the other generator. */
  @Test
  @Tag("slow")
  void two_generators_with_one_cache_answer_as_each_with_its_own() {
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        KvCache cache = new KvCache(CONFIG);
        Generator alone = new Generator(weights, worker, GeneratorOptions.defaults());
        Generator first = sharing(weights, worker, cache);
        Generator second = sharing(weights, worker, cache)) {
      for (int call = 0; call < 6; call++) {
        List<Prompt> prompts =
            TinyModels.prompts(CONFIG, 1 + 3 * call, 20 + 15 * call, SEEDS.child("call", call));
        List<int[]> expected = tokens(alone, prompts);
        assertThat(tokens(call % 2 == 0 ? first : second, prompts))
            .containsExactlyElementsOf(expected);
        assertThat(tokens(first, prompts)).containsExactlyElementsOf(expected);
      }
    }
  }

  private static Generator sharing(Weights weights, Worker worker, KvCache cache) {
    return new Generator(
        weights, LinearBank.base(weights), worker, GeneratorOptions.defaults(), cache);
  }

  private static List<int[]> tokens(Generator generator, List<Prompt> prompts) {
    return generator.generate(prompts, HOW).stream().map(Generation::tokens).toList();
  }
}
