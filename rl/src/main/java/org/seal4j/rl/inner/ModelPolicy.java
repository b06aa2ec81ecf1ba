package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
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

  /** What the prompts of a context begin with is read once, for all of its edits. */
  private List<Sample> inParts(List<SampleRequest<C>> requests) {
    Map<String, List<Prompt>> groups = new LinkedHashMap<>();
    List<List<Prompt>> edits = requests.stream().map(this::prompts).toList();
    for (int i = 0; i < edits.size(); i++) {
      groups
          .computeIfAbsent(requests.get(i).context().id(), id -> new ArrayList<>())
          .addAll(edits.get(i));
    }
    List<Prompt> order = groups.values().stream().flatMap(List::stream).toList();
    Map<Prompt, Generation> written = new IdentityHashMap<>();
    LinearBank linears = LinearBank.base(model.weights());
    try (Asking asking = new Asking(model.weights(), linears, model.workers(), PARTS)) {
      List<Generation> made = asking.groups(List.copyOf(groups.values()), config());
      for (int i = 0; i < order.size(); i++) {
        written.put(order.get(i), made.get(i));
      }
    }
    List<Sample> samples = new ArrayList<>();
    for (List<Prompt> edit : edits) {
      samples.add(
          joined(
              edit.stream()
                  .map(part -> Checks.present(written.get(part), "a part was not written"))
                  .toList()));
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
