package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Policy;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;

/** Writes self-edits about passages as free text, up to the end token (docs/seal.md §2.2). */
public final class PassagePolicy implements Policy<PassageContext> {
  private static final GeneratorOptions OPTIONS = GeneratorOptions.defaults();

  private final PassageModel model;
  private final Config config;

  /**
   * @param temperature of sampling, above 0 (SEAL: 1.0)
   * @param topP share of probability kept (SEAL: 0.95)
   * @param maxNewTokens longest self-edit in tokens; a longer one ends there
   */
  public record Config(double temperature, double topP, int maxNewTokens) {
    public Config {
      Checks.require(temperature > 0, "policy.temperature must be > 0 but was %s", temperature);
      Checks.require(topP > 0 && topP <= 1, "policy.topP must be in (0, 1] but was %s", topP);
      Checks.require(
          maxNewTokens >= 1, "policy.maxNewTokens must be >= 1 but was %d", maxNewTokens);
    }
  }

  public PassagePolicy(PassageModel model, Config config) {
    this.model = model;
    this.config = config;
  }

  @Override
  public List<Sample> sample(List<SampleRequest<PassageContext>> requests) {
    int piece = OPTIONS.maxRows();
    Sample[] samples = new Sample[requests.size()];
    model
        .workers()
        .run(
            (requests.size() + piece - 1) / piece,
            (i, worker) -> {
              int from = i * piece;
              int to = Math.min(from + piece, requests.size());
              List<Sample> part = sample(requests.subList(from, to), worker);
              for (int k = from; k < to; k++) {
                samples[k] = part.get(k - from);
              }
            });
    return List.of(samples);
  }

  private List<Sample> sample(List<SampleRequest<PassageContext>> requests, Worker worker) {
    try (Generator generator = generator(worker)) {
      return sample(requests, generator);
    }
  }

  /** What {@link #sample(List, Generator)} writes with, on the thread of this worker. */
  Generator generator(Worker worker) {
    return new Generator(model.weights(), worker, OPTIONS);
  }

  /** The same with a generator that is kept from call to call. */
  List<Sample> sample(List<SampleRequest<PassageContext>> requests, Generator generator) {
    List<Prompt> prompts = new ArrayList<>();
    for (SampleRequest<PassageContext> request : requests) {
      prompts.add(
          Prompt.of(model.language().editPrompt(request.context().passage()), request.seeds()));
    }
    Sampling sampling = Sampling.at(config.temperature).withTopP(config.topP);
    StopRule stop = model.language().stop(config.maxNewTokens);
    List<Sample> samples = new ArrayList<>();
    for (Generation answer : generator.generate(prompts, new GenerationConfig(sampling, stop))) {
      samples.add(new Sample(model.language().text(answer.tokens()), answer.logProb()));
    }
    return samples;
  }
}
