package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** The two engines write the same, and what only one of them can do is refused by the other. */
class EngineTest {
  static List<ModelConfig> configs() {
    return TinyModels.configs();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("configs")
  void stock_ops_write_what_our_kernels_write(ModelConfig config) {
    Seeds seeds = TinyModels.seeds("engines");
    List<Prompt> prompts = TinyModels.prompts(config, 9, 40, seeds);
    try (Weights weights = TinyModels.weights(config, seeds)) {
      List<List<Generation>> written = new ArrayList<>();
      for (Supplier<Worker> kind :
          List.<Supplier<Worker>>of(
              Worker::new,
              () -> new Worker(Engine.STOCK),
              () -> Worker.hiding(Engine.STOCK),
              () -> Worker.hiding(Engine.KERNELS))) {
        try (Worker worker = kind.get();
            Generator generator = new Generator(weights, worker, new GeneratorOptions(8, 16))) {
          // Answers end at different times, so that the rows of the cache move together.
          StopRule stop = StopRule.after(20).orAt(1, 2, 3);
          written.add(
              generator.generate(prompts, new GenerationConfig(Sampling.mostLikely(), stop)));
        }
      }
      for (int i = 0; i < prompts.size(); i++) {
        Generation kernels = written.get(0).get(i);
        Generation stock = written.get(1).get(i);
        assertThat(stock.tokens()).containsExactly(kernels.tokens());
        assertThat(stock.reason()).isEqualTo(kernels.reason());
        assertThat(stock.modelLogProb()).isCloseTo(kernels.modelLogProb(), Texts.within(1e-4));
        // Where arrays are hidden from Java, numbers that did not cross at a port would be wrong.
        assertThat(written.get(2).get(i).modelLogProb()).isEqualTo(stock.modelLogProb());
        assertThat(written.get(3).get(i).modelLogProb()).isEqualTo(kernels.modelLogProb());
      }
    }
  }

  @Test
  void copies_of_weights_in_fewer_bits_are_refused_by_stock_ops() {
    Seeds seeds = TinyModels.seeds("engines");
    ModelConfig config = TinyModels.configs().get(0);
    try (Weights weights = TinyModels.weights(config, seeds);
        Worker worker = new Worker(Engine.STOCK)) {
      LinearBank narrow =
          LinearBank.base(weights).writingWith(FrozenWeights.of(weights, WeightForm.INT8));
      String said =
          "weights as int8 are read by the kernels of Seal4J alone, but the engine is stock; use"
              + " the engine kernels, or the weights as float32";
      assertThatThrownBy(
              () -> new Generator(weights, narrow, worker, GeneratorOptions.defaults()).close())
          .isInstanceOf(InputException.class)
          .hasMessage(said);
      assertThatThrownBy(() -> new Scorer(weights, narrow, worker).close())
          .isInstanceOf(InputException.class)
          .hasMessage(said);
    }
  }

  @Test
  void a_cache_of_the_other_engine_is_refused() {
    Seeds seeds = TinyModels.seeds("engines");
    ModelConfig config = TinyModels.configs().get(0);
    try (Weights weights = TinyModels.weights(config, seeds);
        KvCache cache = new KvCache(config);
        Worker worker = new Worker(Engine.STOCK)) {
      LinearBank base = LinearBank.base(weights);
      assertThatThrownBy(
              () ->
                  new Generator(weights, base, worker, GeneratorOptions.defaults(), cache).close())
          .isInstanceOf(InputException.class)
          .hasMessage(
              "the key-value cache was made for the engine kernels but the worker's is stock; give"
                  + " both the same");
    }
  }
}
