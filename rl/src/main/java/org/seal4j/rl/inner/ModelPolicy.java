package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Iterator;
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

  /** Parts of an edit begin alike: what they have in common is read once. */
  private static final GeneratorOptions PARTS = GeneratorOptions.alike(24);

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
    boolean parts = !requests.isEmpty() && prompts(requests.get(0)).size() > 1;
    GeneratorOptions options = parts ? PARTS : OPTIONS;
    int edits =
        parts
            ? Math.max(1, options.maxRows() / prompts(requests.get(0)).size())
            : options.maxRows();
    return Pieces.map(
        model.workers(),
        requests,
        edits,
        (piece, worker) -> {
          try (Generator generator = new Generator(model.weights(), worker, options)) {
            return sample(piece, generator);
          }
        });
  }

  private List<Prompt> prompts(SampleRequest<C> request) {
    return language.prompts(request.context(), request.seeds());
  }

  /** What {@link #sample(List, Generator)} writes with, on the thread of this worker. */
  public Generator generator(Worker worker) {
    return new Generator(model.weights(), worker, OPTIONS);
  }

  /** The same with a generator that is kept from call to call. */
  public List<Sample> sample(List<SampleRequest<C>> requests, Generator generator) {
    List<List<Prompt>> prompts = requests.stream().map(this::prompts).toList();
    Iterator<Generation> written =
        generator
            .generate(
                prompts.stream().flatMap(List::stream).toList(),
                new GenerationConfig(sampling, language.stop()))
            .iterator();
    List<Sample> samples = new ArrayList<>();
    for (List<Prompt> edit : prompts) {
      List<int[]> parts = new ArrayList<>();
      double logProbability = 0;
      for (int i = 0; i < edit.size(); i++) {
        Generation part = written.next();
        parts.add(part.tokens());
        logProbability += part.logProb();
      }
      samples.add(new Sample(language.text(parts), logProbability));
    }
    return samples;
  }
}
