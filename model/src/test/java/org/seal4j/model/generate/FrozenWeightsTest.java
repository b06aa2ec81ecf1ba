package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.FrozenWeight;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Writing and scoring with weights of fewer bits. */
class FrozenWeightsTest {
  private static final Seeds SEEDS = TinyModels.seeds("frozen weights");
  private static final GenerationConfig HOW =
      new GenerationConfig(Sampling.at(1), StopRule.after(15));

  private static Worker worker;

  @BeforeAll
  static void open() {
    worker = new Worker();
  }

  @AfterAll
  static void close() {
    worker.close();
  }

  static List<ModelConfig> configs() {
    return TinyModels.configs();
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void an_answer_is_the_same_alone_and_in_a_batch_to_the_last_bit(ModelConfig config) {
    try (Weights weights = TinyModels.weights(config, SEEDS)) {
      for (WeightForm form : List.of(WeightForm.PACKED, WeightForm.BF16, WeightForm.INT8)) {
        LinearBank bank = LinearBank.base(weights).writingWith(FrozenWeights.of(weights, form));
        try (Generator together =
            new Generator(weights, bank, worker, GeneratorOptions.defaults())) {
          List<Prompt> prompts = TinyModels.prompts(config, 11, 20, SEEDS);
          List<Generation> answers = together.generate(prompts, HOW);
          for (int i = 0; i < prompts.size(); i += 3) {
            Generation alone = together.generate(List.of(prompts.get(i)), HOW).get(0);
            assertThat(TinyModels.same(alone, answers.get(i)))
                .as("prompt %d, %s", i, form)
                .isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void what_was_written_is_scored_as_it_was_written(ModelConfig config) {
    try (Weights weights = TinyModels.weights(config, SEEDS)) {
      for (WeightForm form : List.of(WeightForm.PACKED, WeightForm.BF16, WeightForm.INT8)) {
        FrozenWeights frozen = FrozenWeights.of(weights, form);
        LinearBank bank = LinearBank.base(weights).everywhereWith(frozen);
        try (Generator writer = new Generator(weights, bank, worker, GeneratorOptions.defaults());
            Scorer scorer = new Scorer(weights, bank, worker)) {
          Prompt prompt = TinyModels.prompts(config, 1, 20, SEEDS).get(0);
          Generation answer = writer.generate(List.of(prompt), HOW).get(0);
          TokenSequence whole = Texts.joined(prompt.tokens(), answer, PairPositions.ZERO);
          assertThat(scorer.score(List.of(whole)).get(0).total())
              .as("%s, %s", form, config)
              .isCloseTo(-answer.modelLogProb(), Texts.within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FLOAT32")
  void scores_are_those_of_a_model_whose_linears_hold_the_rounded_numbers(WeightForm form) {
    ModelConfig config = TinyModels.configs().get(3);
    assertThat(config.tiedHead()).isFalse();
    Rng rng = SEEDS.child("texts").rng();
    List<TokenSequence> texts =
        List.of(TinyModels.sequence(config, 30, rng), TinyModels.sequence(config, 7, rng));
    try (Weights weights = TinyModels.weights(config, SEEDS);
        Weights rounded = weights.copy()) {
      WeightNames.modules(config)
          .forEach(
              (module, shape) -> {
                String name = module + ".weight";
                FrozenWeight narrow = FrozenWeight.of(form, Tensors.of(weights.get(name)));
                rounded.assign(name, Nd4j.createFromArray(narrow.widened()).reshape('c', shape));
              });
      LinearBank bank = LinearBank.base(weights).everywhereWith(FrozenWeights.of(weights, form));
      try (Scorer narrow = new Scorer(weights, bank, worker);
          Scorer wide = new Scorer(rounded, worker);
          Scorer own = new Scorer(weights, worker)) {
        for (int i = 0; i < texts.size(); i++) {
          double expected = wide.score(texts).get(i).total();
          assertThat(narrow.score(texts).get(i).total()).isCloseTo(expected, Texts.within(1e-4));
          double lost = Math.abs(own.score(texts).get(i).total() - expected);
          assertThat(lost > 1e-4)
              .as("%s loses %s", form, lost)
              .isEqualTo(form != WeightForm.PACKED);
        }
      }
    }
  }

  @Test
  void there_are_no_float32_copies() {
    try (Weights weights = TinyModels.weights(TinyModels.configs().get(0), SEEDS)) {
      assertThatThrownBy(() -> FrozenWeights.of(weights, WeightForm.FLOAT32))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a float32 weight is used as it is");
    }
  }
}
