package org.seal4j.lora.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.AdapterBank.Factors;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.bundle.SummedAdapters;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

/** Answers requests one by one with a {@link Generator}: what a service has to give. */
final class ServingBench implements AutoCloseable {
  private final Weights weights;
  private final @Nullable FrozenWeights frozen;
  private final int chunk;
  private final Worker worker = new Worker();

  /**
   * @param weights stay open; the caller closes them
   * @param chunk tokens that are read at once
   */
  ServingBench(Weights weights, @Nullable FrozenWeights frozen, int chunk) {
    this.weights = weights;
    this.frozen = frozen;
    this.chunk = chunk;
  }

  BatchedDecoding.ServedModel served(int context) {
    return new BatchedDecoding.ServedModel(weights, frozen, Engine.KERNELS, context, 2);
  }

  /** An adapter as after a training. */
  static ServedAdapter adapter(String name, ModelConfig model, LoraConfig lora, Seeds seeds) {
    try (AdapterBank bank = new AdapterBank(1, model, lora)) {
      Seeds own = seeds.child("adapter", name);
      bank.initialise(0, own);
      Rng rng = own.child("b").rng();
      for (Factors f : bank.factors().values()) {
        FloatBuffer b = Tensors.of(f.b()).f();
        for (int i = 0; i < b.capacity(); i++) {
          b.put(i, (float) (0.3 * rng.nextGaussian()));
        }
      }
      return ServedAdapter.of(name, bank);
    }
  }

  /** The answer alone. */
  Generation alone(TextRequest request) {
    List<AdapterBank> banks = new ArrayList<>();
    try {
      for (WeightedAdapter one : request.adapters()) {
        banks.add(one.adapter().toBank(weights.config()));
      }
      boolean plain = banks.size() == 1 && request.adapters().get(0).weight() == 1;
      if (banks.isEmpty()) {
        return answer(request, LinearBank.base(weights));
      }
      if (plain) {
        return answer(request, new LoraBank(weights, banks.get(0), 1));
      }
      List<Double> factors = request.adapters().stream().map(WeightedAdapter::weight).toList();
      try (AdapterBank sum = SummedAdapters.of(weights.config(), banks, factors)) {
        return answer(request, new LoraBank(weights, sum, 1));
      }
    } finally {
      banks.forEach(AdapterBank::close);
    }
  }

  private Generation answer(TextRequest request, LinearBank linears) {
    LinearBank bank = frozen == null ? linears : linears.writingWith(frozen);
    int[] ids = request.prompt();
    Prompt prompt =
        Prompt.of(
            new TokenSequence(ids, new int[ids.length], new float[ids.length]),
            Seeds.of(request.seed()).child("generate"));
    GenerationConfig config =
        new GenerationConfig(request.sampling(), request.stop(), request.likeliest());
    try (Generator generator =
        new Generator(weights, bank, worker, new GeneratorOptions(1, chunk, true))) {
      return generator.generate(List.of(prompt), config).get(0);
    }
  }

  /** What was heard is what the request is answered with alone, as far as it went. */
  void assertAsAlone(TextRequest request, Heard heard, String title) {
    Generation alone = alone(request);
    int count = heard.count();
    assertThat(heard.error()).as(title).isNull();
    if (heard.reason() != null) {
      assertThat(heard.reason()).as(title).isEqualTo(alone.reason());
      assertThat(count).as(title).isEqualTo(alone.tokens().length);
    }
    assertThat(heard.ids()).as(title).isEqualTo(Arrays.copyOf(alone.tokens(), count));
    assertThat(heard.logProbs()).as(title).isEqualTo(Arrays.copyOf(alone.modelLogProbs(), count));
    for (int i = 0; i < count; i++) {
      assertThat(heard.likeliest().get(i)).hasSize(request.likeliest());
      assertThat(heard.likeliest().get(i)).isEqualTo(alone.chosen().get(i).likeliest());
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
