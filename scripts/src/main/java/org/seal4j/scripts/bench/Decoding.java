package org.seal4j.scripts.bench;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Worker;

/** Greedy decoding over the key-value cache. */
final class Decoding implements AutoCloseable {
  static final int PROMPT = 32;
  static final int NEW_TOKENS = 128;
  static final List<Integer> BATCHES = List.of(1, 32);

  private final BenchModel model;
  private final Weights weights;
  private final Worker worker = new Worker();
  private final Generator generator;

  Decoding(BenchModel model) {
    this(model, WeightForm.FLOAT32);
  }

  private Decoding(BenchModel model, WeightForm form) {
    this.model = model;
    weights = model.weights();
    generator =
        new Generator(weights, LinearBank.base(weights, form), worker, GeneratorOptions.defaults());
  }

  static String name(BenchModel model, int batch) {
    return "decode-" + model.label() + "-" + batch;
  }

  /** Answers of {@link #NEW_TOKENS} tokens to prompts of {@link #PROMPT} tokens. */
  List<Generation> generate(int batch) {
    List<Prompt> prompts =
        model.sequences(0, batch, PROMPT).stream()
            .map((TokenSequence tokens) -> Prompt.of(tokens, Seeds.of(0)))
            .toList();
    return generator.generate(
        prompts, new GenerationConfig(Sampling.mostLikely(), StopRule.after(NEW_TOKENS)));
  }

  private Workload workload(String name, int batch) {
    int warmUp = model == BenchModel.SMALL && batch == 1 ? 20 : 2;
    return new Workload(name, warmUp, 1, () -> generate(batch));
  }

  /** Times the batch sizes, prompts included. */
  static void time(BenchModel model, Stopwatch watch) {
    for (int batch : BATCHES) {
      for (WeightForm form : List.of(WeightForm.FLOAT32, WeightForm.PACKED)) {
        String end = form == WeightForm.FLOAT32 ? "" : "-" + form.text();
        String name = name(model, batch) + end;
        if (watch.wants(name)) {
          try (Decoding decoding = new Decoding(model, form)) {
            watch.time(List.of(decoding.workload(name, batch)));
          }
        }
      }
    }
  }

  @Override
  public void close() {
    generator.close();
    worker.close();
    weights.close();
  }
}
