package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.RandomSequences;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;

/** Adapters side by side answer as each does alone. */
class StackedAdaptersTest {
  private static final Seeds SEEDS = TestSeeds.of("stacked adapters", 74);
  private static final LoraConfig LORA = new LoraConfig(3, 6, false, TargetModules.allLinear());

  private static List<AdapterBank> banks() {
    List<AdapterBank> banks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      banks.add(TinyModels.noisyBank(1, LORA, SEEDS.child("bank", i)));
    }
    return banks;
  }

  private static List<Generation> answers(Weights weights, AdapterBank bank, List<Prompt> prompts) {
    try (Worker worker = new Worker();
        Generator generator =
            new Generator(
                weights,
                new LoraBank(weights, bank, bank.size()),
                worker,
                GeneratorOptions.alike(8))) {
      return generator.generate(
          prompts, new GenerationConfig(Sampling.mostLikely(), StopRule.after(6)));
    }
  }

  @Test
  @Tag("slow")
  void each_answer_in_one_batch_is_that_of_its_adapter_alone_bit_for_bit() {
    List<AdapterBank> banks = banks();
    List<TokenSequence> texts =
        RandomSequences.of(6, TinyModels.CONFIG.vocabSize(), 3, 9, SEEDS.child("texts").rng());
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      prompts.add(Prompt.of(texts.get(i), Seeds.of(0)).withAdapter(i % 3));
    }
    try (Weights weights = TinyModels.weights(3);
        AdapterBank all = StackedAdapters.of(TinyModels.CONFIG, banks)) {
      List<Generation> together = answers(weights, all, prompts);
      for (int i = 0; i < prompts.size(); i++) {
        List<Prompt> own = List.of(prompts.get(i).withAdapter(0));
        Generation alone = answers(weights, banks.get(i % 3), own).get(0);
        assertThat(together.get(i).tokens()).isEqualTo(alone.tokens());
        assertThat(together.get(i).logProbs()).isEqualTo(alone.logProbs());
      }
    }
    banks.forEach(AdapterBank::close);
  }

  @Test
  void adapters_of_another_rank_are_refused() {
    LoraConfig other = new LoraConfig(2, 6, false, TargetModules.allLinear());
    try (AdapterBank narrow = TinyModels.noisyBank(1, other, SEEDS)) {
      assertThatThrownBy(
              () -> StackedAdapters.of(TinyModels.CONFIG, List.of(banks().get(0), narrow)))
          .isInstanceOf(InputException.class)
          .hasMessage("adapters of different ranks, factors or modules cannot answer in one batch");
    }
  }
}
