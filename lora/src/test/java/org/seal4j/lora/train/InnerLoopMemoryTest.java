package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.RandomSequences;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

@Tag("slow")
class InnerLoopMemoryTest {
  private static final Seeds SEEDS = Seeds.of(TinyTasks.SEED).child("memory");
  private static final ModelConfig CONFIG = ModelConfig.small(64, 64, 2, 2, 128);
  private static final InnerLoopConfig LOOP =
      new InnerLoopConfig(
          new LoraConfig(32, 32, false, TargetModules.allLinear()),
          2,
          Schedule.CONSTANT,
          0,
          1,
          OptimizerSpec.ADAMW,
          8,
          1);

  /** An adapter of this test takes 0.3 MiB: one that stays behind each loop shows as 100 MiB. */
  @Test
  void memory_is_flat_over_inner_loops_of_many_lengths() {
    try (Weights weights = Weights.random(CONFIG, 0.5, 1, SEEDS);
        Workers workers = new Workers(1);
        SftInnerLoop loop = new SftInnerLoop(weights, LOOP, workers)) {
      train(loop, 0, 100);
      long before = resident();
      train(loop, 100, 450);
      assertThat(resident() - before).as("seed %d", TinyTasks.SEED).isLessThan(40L << 20);
    }
  }

  private static void train(SftInnerLoop loop, int from, int to) {
    for (int i = from; i < to; i++) {
      Seeds seeds = SEEDS.child("task", i);
      int longest = 4 + i % 25;
      List<TokenSequence> texts =
          RandomSequences.of(
              1 + i % 3, CONFIG.vocabSize(), longest - 2, longest, seeds.child("tokens").rng());
      loop.train(List.of(new InnerLoopTask(texts, 1e-2, 1, seeds)), group -> {});
    }
  }

  private static long resident() {
    System.gc();
    return Pointer.physicalBytes();
  }
}
