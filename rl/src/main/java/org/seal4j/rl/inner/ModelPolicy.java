package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Policy;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;

/** Writes self-edits with the model in memory, in the language of a domain. */
public final class ModelPolicy<C extends Context> implements Policy<C> {
  private static final GeneratorOptions OPTIONS = GeneratorOptions.defaults();

  private final SharedModel model;
  private final EditLanguage<C, ?> language;
  private final Sampling sampling;

  public ModelPolicy(SharedModel model, EditLanguage<C, ?> language, Sampling sampling) {
    this.model = model;
    this.language = language;
    this.sampling = sampling;
  }

  @Override
  public List<Sample> sample(List<SampleRequest<C>> requests) {
    return Pieces.map(
        model.workers(),
        requests,
        OPTIONS.maxRows(),
        (piece, worker) -> {
          try (Generator generator = generator(worker)) {
            return sample(piece, generator);
          }
        });
  }

  /** What {@link #sample(List, Generator)} writes with, on the thread of this worker. */
  public Generator generator(Worker worker) {
    return new Generator(model.weights(), worker, OPTIONS);
  }

  /** The same with a generator that is kept from call to call. */
  public List<Sample> sample(List<SampleRequest<C>> requests, Generator generator) {
    List<Prompt> prompts =
        requests.stream().map(r -> language.prompt(r.context(), r.seeds())).toList();
    List<Sample> samples = new ArrayList<>();
    for (Generation answer :
        generator.generate(prompts, new GenerationConfig(sampling, language.stop()))) {
      samples.add(new Sample(language.text(answer.tokens()), answer.logProb()));
    }
    return samples;
  }
}
