package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;

/**
 * Answers prompts: reads them into a key-value cache, then writes one token per row and step.
 *
 * <pre>{@code
 * try (Generator generator = new Generator(weights, worker, GeneratorOptions.defaults())) {
 *   Prompt prompt = Prompt.of(sequence, Seeds.of(42).child("sample", 0));
 *   GenerationConfig config = new GenerationConfig(Sampling.at(1), StopRule.after(7));
 *   List<Generation> answers = generator.generate(List.of(prompt), config);
 * }
 * }</pre>
 *
 * <p>An answer depends on its prompt, its seeds, its adapter and the weights; the other prompts,
 * their number and their order do not matter. Plans are kept per shape and read the weights' and
 * the bank's arrays anew in every run, so one generator serves while these are trained in place.
 * Not thread-safe: one per thread, with that thread's worker.
 */
public final class Generator implements AutoCloseable {
  private static final int PLANS = 48;

  private final ModelConfig model;
  private final LinearBank bank;
  private final GeneratorOptions options;
  private final KvCache cache;
  private final boolean ownsCache;
  private final PlanCache<StepShape, StepPlan> plans;
  private long boundAt;
  private KeptPrefix kept = KeptPrefix.NONE;

  /** A generator of the model itself. */
  public Generator(Weights weights, Worker worker, GeneratorOptions options) {
    this(weights, LinearBank.base(weights), worker, options);
  }

  /**
   * A generator of n adapters in one batch.
   *
   * @param bank the adapters; {@link Prompt#adapter()} is an index into it
   */
  public Generator(Weights weights, LinearBank bank, Worker worker, GeneratorOptions options) {
    this(weights, bank, worker, options, new KvCache(weights.config(), worker.engine()), true);
  }

  /**
   * A generator of n adapters in one batch that shares its cache with others of the same thread.
   *
   * @param bank the adapters; {@link Prompt#adapter()} is an index into it
   * @param cache of the sizes of these weights; the caller closes it
   */
  public Generator(
      Weights weights, LinearBank bank, Worker worker, GeneratorOptions options, KvCache cache) {
    this(weights, bank, worker, options, cache, false);
  }

  private Generator(
      Weights weights,
      LinearBank bank,
      Worker worker,
      GeneratorOptions options,
      KvCache cache,
      boolean ownsCache) {
    this.model = weights.config();
    this.bank = bank;
    this.options = options;
    this.cache = cache;
    bank.requireEngine(worker.engine());
    cache.requireFits(model, worker.engine());
    this.ownsCache = ownsCache;
    StepPlan.Parts parts = new StepPlan.Parts(weights, bank, cache, worker);
    this.plans =
        new PlanCache<>(
            PLANS,
            shape -> shape.reading() ? StepPlan.read(parts, shape) : StepPlan.write(parts, shape));
  }

  /** One answer per prompt, in their order. */
  public List<Generation> generate(List<Prompt> prompts, GenerationConfig config) {
    return generate(prompts, config, TokenListener.NONE);
  }

  /**
   * One answer per prompt, in their order.
   *
   * @param listener hears every token when it is chosen; the order between prompts is not fixed
   */
  public List<Generation> generate(
      List<Prompt> prompts, GenerationConfig config, TokenListener listener) {
    for (int stop : config.stop().tokens()) {
      model.requireToken("stop.tokens", stop, 0);
    }
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      check(prompts.get(i), i);
      answers.add(new Answer(i, prompts.get(i), model, config.likeliest()));
    }
    int limit = Math.max(1, options.maxRows() / bank.groups());
    // The long ones first, so that a batch has little padding and its end can be left out.
    List<Answer> sorted =
        answers.stream().sorted(Comparator.comparingInt(Answer::cached).reversed()).toList();
    List<List<Answer>> groups =
        RowCounts.byAdapter(sorted, answer -> answer.prompt().adapter(), bank.groups());
    for (List<List<Answer>> batch : RowCounts.pieces(groups, limit)) {
      run(batch, config, listener);
    }
    return answers.stream().map(Answer::result).toList();
  }

  private void run(List<List<Answer>> batch, GenerationConfig config, TokenListener listener) {
    long longest = 0;
    for (List<Answer> group : batch) {
      for (Answer answer : group) {
        longest = Math.max(longest, answer.cached());
      }
    }
    int chunk = options.prefillChunk();
    long read = (longest + chunk - 1) / chunk * chunk;
    int capacity = KvCache.capacity(Math.max(read, longest + config.stop().maxNewTokens()));
    capacity = options.alike() ? Math.max(capacity, kept.capacity()) : capacity;
    Slots slots = new Slots(batch);
    Pieces pieces = options.pieces();
    long moves = cache.reserve(pieces.rows(slots.rows()), capacity);
    if (moves != boundAt) {
      plans.close();
      boundAt = moves;
      kept = KeptPrefix.NONE;
    }
    BatchRun run = new BatchRun(slots, capacity, cache, plans, model.vocabSize());
    Answer first = slots.at(0);
    int held = first == null ? 0 : kept.shared(first.prompt().tokens());
    kept = KeptPrefix.NONE;
    run.read(pieces, held);
    run.write(new TokenChooser(config.sampling()), config.stop(), listener);
    if (options.alike() && bank.groups() == 1 && first != null) {
      kept = new KeptPrefix(first.prompt().tokens(), run.common(), capacity);
    }
  }

  private void check(Prompt prompt, int index) {
    Checks.require(
        prompt.adapter() < bank.groups(),
        "prompt %d asks for adapter %d but there are %d",
        index,
        prompt.adapter(),
        bank.groups());
    TokenSequence tokens = prompt.tokens();
    for (int i = 0; i < tokens.length(); i++) {
      if (!model.hasToken(tokens.ids()[i], tokens.positions()[i])) {
        String what = "token %s of prompt %s".formatted(i, index);
        model.requireToken(what, tokens.ids()[i], tokens.positions()[i]);
      }
    }
  }

  @Override
  public void close() {
    plans.close();
    if (ownsCache) {
      cache.close();
    }
  }
}
