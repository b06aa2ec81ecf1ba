package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

@Tag("slow")
class GenerationMemoryTest {
  private static final Seeds SEEDS = TinyModels.seeds("memory");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);

  /** A cache of this test holds 2 MiB, so a leak of one per call would show as 200 MiB. */
  @Test
  void off_heap_memory_is_flat_over_100_generations() {
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        Generator generator = new Generator(weights, worker, GeneratorOptions.defaults())) {
      generate(generator, 0, 50);
      long pooled = worker.buffers().bytes();
      long resident = resident();
      generate(generator, 50, 150);
      assertThat(worker.buffers().bytes()).isEqualTo(pooled);
      assertThat(resident() - resident).isLessThan(40L << 20);
    }
  }

  private static void generate(Generator generator, int from, int to) {
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(500).orAt(1, 2, 3));
    for (int i = from; i < to; i++) {
      List<Prompt> prompts =
          TinyModels.prompts(CONFIG, 1 + i % 20, 30, SEEDS.child("call", i % 25));
      generator.generate(prompts, how);
    }
  }

  private static long resident() {
    System.gc();
    return Pointer.physicalBytes();
  }
}
