package org.seal4j.lora.policy;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.RandomSequences;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.StepMemory;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/** Rollouts of a tiny model, with rewards out of thin air. */
final class PolicyBench {
  /** Printed by the laws for replay. */
  static final long SEED = Long.getLong("seal.test.seed", 15);

  static final LoraConfig LORA = new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  private PolicyBench() {}

  static InnerLoopConfig adapter(int recompute) {
    return new InnerLoopConfig(LORA, 1, Schedule.CONSTANT, 0, 1.0, OptimizerSpec.ADAMW, 4, 1)
        .with(new StepMemory(1, recompute));
  }

  static PolicyTraining training(PolicyObjective objective) {
    return new PolicyTraining(adapter(0), 1e-2, 3, 2, objective);
  }

  static GroupRelative grpo(double clip, double kl) {
    return new GroupRelative(clip, kl, GroupRelative.Normalisation.SAMPLE, true);
  }

  /** A prompt of some tokens and a written part behind it. */
  static WrittenText text(Seeds seeds) {
    TokenSequence random =
        RandomSequences.of(1, TinyModels.CONFIG.vocabSize(), 5, 13, seeds.child("tokens").rng())
            .get(0);
    float[] weights = new float[random.length()];
    for (int i = random.length() / 2; i < weights.length; i++) {
      weights[i] = 1;
    }
    return WrittenText.free(new TokenSequence(random.ids(), random.positions(), weights));
  }

  /** Three groups of four rollouts of one to three texts. */
  static List<Rollout> rollouts(long seed) {
    Seeds root = Seeds.of(seed);
    List<Rollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<WrittenText> texts = new ArrayList<>();
      for (int part = 0; part <= i % 3; part++) {
        texts.add(text(root.child("text", i, part)));
      }
      rollouts.add(new Rollout("g" + i / 4, texts, root.child("reward", i).rng().nextDouble()));
    }
    return rollouts;
  }
}
