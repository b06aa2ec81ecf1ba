package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.LinearBank;
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

  /** Prompts of the parts of edits that one thread answers at once. */
  private static final int PARTS = 24;

  private static final Sample NONE = new Sample("", 0);

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
    if (requests.isEmpty() || prompts(requests.get(0)).size() > 1) {
      return inParts(requests);
    }
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

  /**
   * What {@link #sample} draws, in tokens, with what the model holds for likely at each place. For
   * domains whose self-edits are written behind one prompt.
   *
   * @param likeliest how many tokens are kept at each place
   */
  public List<Generation> generations(List<SampleRequest<C>> requests, int likeliest) {
    GenerationConfig config = new GenerationConfig(sampling, language.stop(), likeliest);
    return Pieces.map(
        model.workers(),
        requests,
        OPTIONS.maxRows(),
        (piece, worker) -> {
          try (Generator generator = generator(worker)) {
            List<Prompt> prompts = piece.stream().map(request -> prompts(request).get(0)).toList();
            return generator.generate(prompts, config);
          }
        });
  }

  /** What the prompts of a context begin with is read once, for all of its edits. */
  private List<Sample> inParts(List<SampleRequest<C>> requests) {
    List<List<Prompt>> edits = requests.stream().map(this::prompts).toList();
    Map<String, List<Integer>> byContext = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      String id = requests.get(i).context().id();
      byContext.computeIfAbsent(id, context -> new ArrayList<>()).add(i);
    }
    List<List<Prompt>> groups =
        byContext.values().stream()
            .map(of -> of.stream().flatMap(i -> edits.get(i).stream()).toList())
            .toList();
    List<Sample> samples = new ArrayList<>(Collections.nCopies(edits.size(), NONE));
    LinearBank linears = LinearBank.base(model.weights());
    try (Asking asking = new Asking(model.weights(), linears, model.workers(), PARTS)) {
      Iterator<Generation> made = asking.groups(groups, config()).iterator();
      for (int i : byContext.values().stream().flatMap(List::stream).toList()) {
        List<Generation> parts = new ArrayList<>();
        edits.get(i).forEach(prompt -> parts.add(made.next()));
        samples.set(i, joined(parts));
      }
    }
    return samples;
  }

  private List<Prompt> prompts(SampleRequest<C> request) {
    return language.prompts(request.context(), request.seeds());
  }

  private GenerationConfig config() {
    return new GenerationConfig(sampling, language.stop());
  }

  private Sample joined(List<Generation> parts) {
    return new Sample(
        language.text(parts.stream().map(Generation::tokens).toList()),
        parts.stream().mapToDouble(Generation::logProb).sum());
  }

  /** What {@link #sample(List, Generator)} writes with, on the thread of this worker. */
  public Generator generator(Worker worker) {
    return new Generator(model.weights(), worker, OPTIONS);
  }

  /** The same for edits of one part, with a generator that is kept from call to call. */
  public List<Sample> sample(List<SampleRequest<C>> requests, Generator generator) {
    List<Prompt> prompts = requests.stream().map(r -> prompts(r).get(0)).toList();
    return generator.generate(prompts, config()).stream()
        .map(answer -> joined(List.of(answer)))
        .toList();
  }
}
