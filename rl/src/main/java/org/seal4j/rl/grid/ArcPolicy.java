package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.arc.PositionCursor;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.PairPositions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.model.plan.Worker;
import org.seal4j.rl.Policy;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;

/**
 * Writes self-edits with the small model: after the demonstrations and the EDIT marker it emits one
 * symbol per slot, restricted to the grammar or free.
 */
public final class ArcPolicy implements Policy<ArcContext> {
  private static final GeneratorOptions OPTIONS = GeneratorOptions.defaults();

  private final ArcModel model;
  private final Config config;
  private final Supplier<TokenMask> grammar;

  /**
   * @param temperature of sampling, above 0
   * @param topP share of probability kept
   * @param grammar whether only symbols that make a well-formed edit may be written
   */
  public record Config(double temperature, double topP, boolean grammar) {
    public Config {
      Checks.require(temperature > 0, "policy.temperature must be > 0 but was %s", temperature);
      Checks.require(topP > 0 && topP <= 1, "policy.topP must be in (0, 1] but was %s", topP);
    }
  }

  public ArcPolicy(ArcModel model, Config config) {
    this.model = model;
    this.config = config;
    List<int[]> places = new ArrayList<>();
    for (int slot = 0; slot < model.language().edits().length(); slot++) {
      places.add(model.language().tokens(model.language().edits().allowed(slot)));
    }
    this.grammar = config.grammar ? TokenMask.places(places) : () -> TokenMask.ANY;
  }

  @Override
  public List<Sample> sample(List<SampleRequest<ArcContext>> requests) {
    int piece = OPTIONS.maxRows();
    int pieces = (requests.size() + piece - 1) / piece;
    Sample[] samples = new Sample[requests.size()];
    model
        .workers()
        .run(
            pieces,
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

  private List<Sample> sample(List<SampleRequest<ArcContext>> requests, Worker worker) {
    ArcLanguage language = model.language();
    List<Prompt> prompts = new ArrayList<>();
    for (SampleRequest<ArcContext> request : requests) {
      TokenSequence tokens =
          language.sequences().policyPrompt(request.context().task().demonstrations());
      prompts.add(
          Prompt.of(tokens, request.seeds())
              .withMask(grammar)
              .withContinuation(after(language, tokens)));
    }
    Sampling sampling = Sampling.at(config.temperature).withTopP(config.topP);
    GenerationConfig generation =
        new GenerationConfig(sampling, StopRule.after(language.edits().length()));
    List<Sample> samples = new ArrayList<>();
    try (Generator generator = new Generator(model.weights(), worker, OPTIONS)) {
      for (Generation answer : generator.generate(prompts, generation)) {
        samples.add(new Sample(language.text(answer.tokens()), answer.logProb()));
      }
    }
    return samples;
  }

  /** Positions in the pair that go on behind a prompt. */
  static Supplier<PairPositions> after(ArcLanguage language, TokenSequence prompt) {
    PositionCursor cursor = language.sequences().codec().cursor();
    for (int id : prompt.ids()) {
      cursor.next(id);
    }
    return () -> cursor.copy()::next;
  }
}
