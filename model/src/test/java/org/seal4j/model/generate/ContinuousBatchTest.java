package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** Requests that come and go are answered as each is alone. */
class ContinuousBatchTest {
  private static final Seeds SEEDS = TinyModels.seeds("continuous batch");
  private static final ModelConfig CONFIG = ModelConfig.small(17, 16, 2, 2, 24);
  private static final int CHUNK = 16;

  static List<ModelConfig> configs() {
    return TinyModels.configs();
  }

  /** One request, and what was heard of it. */
  private static final class Asked implements RowListener {
    final Prompt prompt;
    final GenerationConfig config;
    final List<ChosenToken> tokens = new ArrayList<>();
    @Nullable StopReason reason;
    @Nullable RuntimeException error;
    @Nullable BatchRow row;

    Asked(Prompt prompt, GenerationConfig config) {
      this.prompt = prompt;
      this.config = config;
    }

    @Override
    public void written(ChosenToken token) {
      tokens.add(token);
    }

    @Override
    public void ended(StopReason why) {
      reason = why;
    }

    @Override
    public void failed(RuntimeException why) {
      error = why;
    }

    /** Compares as far as it went with the answer alone, bit for bit. */
    void assertAsAlone(Generation alone, String title) {
      assertThat(error).as(title).isNull();
      if (reason != null) {
        assertThat(reason).as(title).isEqualTo(alone.reason());
        assertThat(tokens).as(title).hasSize(alone.tokens().length);
      }
      assertThat(tokens).as(title).isEqualTo(alone.chosen().subList(0, tokens.size()));
      assertThat(tokens).allMatch(token -> token.likeliest().size() == config.likeliest());
    }
  }

  /** Ways of writing that differ in every key. */
  private static GenerationConfig how(Rng rng) {
    StopRule stop = StopRule.after(1 + rng.nextInt(20)).orAt(3, 7);
    List<Sampling> ways =
        List.of(
            Sampling.mostLikely(),
            Sampling.at(1),
            Sampling.at(0.7).withTopK(5).withMinP(0.02),
            Sampling.at(1.3).withTopP(0.8).withPenalties(new Penalties(1.2, 0.4, -0.3)),
            Sampling.mostLikely().withPenalties(Penalties.NONE.withFrequency(0.5)));
    return new GenerationConfig(ways.get(rng.nextInt(ways.size())), stop, rng.nextInt(4));
  }

  /** Prompts of which every other begins as an earlier one does. */
  private static List<Asked> requests(ModelConfig config, int count, Seeds seeds) {
    Rng rng = seeds.child("requests").rng();
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TokenSequence own = TinyModels.sequence(config, rng.between(1, 60), rng);
      if (i % 2 == 1) {
        TokenSequence earlier = asked.get(rng.nextInt(i)).prompt.tokens();
        own = joined(earlier.length(), earlier, rng.nextInt(3) == 0 ? null : own);
      }
      asked.add(new Asked(Prompt.of(own, seeds.child("sample", i)), how(rng)));
    }
    return asked;
  }

  private static TokenSequence joined(int length, TokenSequence a, @Nullable TokenSequence b) {
    if (b == null) {
      return a;
    }
    int[] ids = new int[length + b.length()];
    int[] positions = new int[ids.length];
    System.arraycopy(a.ids(), 0, ids, 0, length);
    System.arraycopy(b.ids(), 0, ids, length, b.length());
    System.arraycopy(a.positions(), 0, positions, 0, length);
    System.arraycopy(b.positions(), 0, positions, length, b.length());
    return new TokenSequence(ids, positions, new float[ids.length]);
  }

  /** Lets requests in, out and stand still at random until none is left. */
  private static void run(ContinuousBatch batch, List<Asked> asked, Rng rng) {
    List<Asked> waiting = new ArrayList<>(asked);
    for (int step = 0; !waiting.isEmpty() || batch.rows() > 0; step++) {
      assertThat(step).as("steps").isLessThan(10_000);
      while (!waiting.isEmpty() && rng.nextInt(3) > 0) {
        Asked next = waiting.get(0);
        if (!batch.hasRoom(next.prompt, next.config)) {
          break;
        }
        waiting.remove(0);
        RowRequest request = new RowRequest(next.prompt, next.config, RowBank.NONE, "base");
        next.row = batch.join(request, next);
      }
      for (Asked one : asked) {
        if (one.row != null) {
          one.row.hold(rng.nextInt(5) == 0);
          if (rng.nextInt(150) == 0) {
            batch.leave(one.row);
          }
        }
      }
      batch.step();
    }
  }

  private static Generation alone(Weights weights, Worker worker, Asked asked, int chunk) {
    try (Generator generator =
        new Generator(weights, worker, new GeneratorOptions(1, chunk, true))) {
      return generator.generate(List.of(asked.prompt), asked.config).get(0);
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("configs")
  void every_answer_is_bit_for_bit_that_of_a_generator_alone(ModelConfig config) {
    for (long prefixBytes : new long[] {0, 40_000, 1 << 24}) {
      Seeds seeds = SEEDS.child("law", prefixBytes);
      ContinuousBatchOptions options = new ContinuousBatchOptions(7, 1000, CHUNK, prefixBytes);
      try (Weights weights = TinyModels.weights(config, seeds);
          Worker worker = new Worker();
          ContinuousBatch batch =
              new ContinuousBatch(weights, RowBank.base(weights), worker, options)) {
        List<Asked> asked = requests(config, 30, seeds);
        run(batch, asked, seeds.child("run").rng());
        assertThat(batch.prefixBytes()).isLessThanOrEqualTo(prefixBytes);
        assertThat(batch.tokensReused() > 0).isEqualTo(prefixBytes > 0);
        assertThat(asked.stream().filter(a -> a.reason != null).count()).isGreaterThan(15);
        try (Worker own = new Worker()) {
          for (int i = 0; i < asked.size(); i++) {
            String title = "request %d with %d bytes of prefixes".formatted(i, prefixBytes);
            asked.get(i).assertAsAlone(alone(weights, own, asked.get(i), CHUNK), title);
          }
        }
      }
    }
  }

  @Test
  void a_prompt_that_is_known_is_not_read_again() {
    TokenSequence text = TinyModels.sequence(CONFIG, 40, SEEDS.child("known").rng());
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(3));
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        ContinuousBatch batch = batch(weights, worker, 1 << 20)) {
      Asked first = answer(batch, text, how, "a");
      assertThat(batch.tokensRead()).isEqualTo(39);
      Asked second = answer(batch, text, how, "a");
      assertThat(batch.tokensRead()).isEqualTo(39);
      assertThat(batch.tokensReused()).isEqualTo(39);
      assertThat(second.tokens).isEqualTo(first.tokens);
      // Only whole chunks are shared with a text that goes on differently.
      answer(batch, joined(35, text, text), how, "a");
      assertThat(batch.tokensReused()).isEqualTo(39 + 32);
      // What another adapter has read is not for this one.
      answer(batch, text, how, "b");
      assertThat(batch.tokensReused()).isEqualTo(39 + 32);
    }
  }

  @Test
  void two_that_read_the_same_at_a_time_read_it_once() {
    TokenSequence text = TinyModels.sequence(CONFIG, 100, SEEDS.child("twice").rng());
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(3));
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        ContinuousBatch batch = batch(weights, worker, 1 << 20)) {
      List<Asked> both = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Asked asked = new Asked(Prompt.of(text, SEEDS.child("both", 0)), how);
        batch.join(new RowRequest(asked.prompt, how, RowBank.NONE, "a"), asked);
        both.add(asked);
      }
      while (batch.rows() > 0) {
        batch.step();
      }
      assertThat(batch.tokensRead()).isEqualTo(99);
      assertThat(batch.tokensReused()).isEqualTo(99);
      assertThat(both.get(1).tokens).isEqualTo(both.get(0).tokens);
    }
  }

  @Test
  void a_long_prompt_does_not_stop_the_others() {
    Rng rng = SEEDS.child("long").rng();
    TokenSequence text = TinyModels.sequence(CONFIG, 160, rng);
    TokenSequence few = TinyModels.sequence(CONFIG, 1, rng);
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(9));
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        ContinuousBatch batch = batch(weights, worker, 0)) {
      Asked reads = new Asked(Prompt.of(text, SEEDS), how);
      Asked writes = new Asked(Prompt.of(few, SEEDS), how);
      batch.join(new RowRequest(reads.prompt, how, RowBank.NONE, "a"), reads);
      batch.join(new RowRequest(writes.prompt, how, RowBank.NONE, "a"), writes);
      for (int step = 1; step <= 9; step++) {
        batch.step();
        assertThat(writes.tokens).hasSize(step);
        assertThat(reads.tokens).isEmpty();
      }
    }
  }

  @Test
  void one_that_fails_does_not_touch_the_others() {
    Rng rng = SEEDS.child("fails").rng();
    StopRule thrower =
        new StopRule(
            9,
            Set.of(),
            tokens -> {
              throw new IllegalArgumentException("a condition of the caller");
            });
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(9));
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        ContinuousBatch batch = batch(weights, worker, 0)) {
      Asked bad =
          new Asked(
              Prompt.of(TinyModels.sequence(CONFIG, 5, rng), SEEDS),
              new GenerationConfig(Sampling.at(1), thrower));
      Asked good = new Asked(Prompt.of(TinyModels.sequence(CONFIG, 20, rng), SEEDS), how);
      batch.join(new RowRequest(bad.prompt, bad.config, RowBank.NONE, "a"), bad);
      batch.join(new RowRequest(good.prompt, how, RowBank.NONE, "a"), good);
      while (batch.rows() > 0) {
        batch.step();
      }
      assertThat(bad.error).hasMessage("a condition of the caller");
      good.assertAsAlone(alone(weights, worker, good, CHUNK), "the other");
      assertThat(good.reason).isEqualTo(StopReason.LENGTH);
    }
  }

  @Test
  void what_can_never_be_answered_is_refused_in_a_sentence() {
    GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(200));
    Prompt prompt = Prompt.of(TinyModels.sequence(CONFIG, 60, SEEDS.rng()), SEEDS);
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker();
        ContinuousBatch batch = batch(weights, worker, 0)) {
      assertThatThrownBy(() -> batch.requireFits(prompt, how))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "a prompt of 60 tokens and an answer of up to 200 take 320 tokens in a cache of 256;"
                  + " shorten the prompt, or ask for a shorter answer");
      Prompt other = Prompt.of(new TokenSequence(new int[] {17}, new int[1], new float[1]), SEEDS);
      assertThatThrownBy(() -> batch.requireFits(other, how)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void stock_ops_are_refused() {
    try (Weights weights = TinyModels.weights(CONFIG, SEEDS);
        Worker worker = new Worker(Engine.STOCK)) {
      assertThatThrownBy(() -> batch(weights, worker, 0)).hasMessageContaining("engine kernels");
    }
  }

  private static ContinuousBatch batch(Weights weights, Worker worker, long prefixBytes) {
    return new ContinuousBatch(
        weights,
        RowBank.base(weights),
        worker,
        new ContinuousBatchOptions(4, 256, CHUNK, prefixBytes));
  }

  private static Asked answer(
      ContinuousBatch batch, TokenSequence text, GenerationConfig how, String reader) {
    Asked asked = new Asked(Prompt.of(text, SEEDS.child("answer")), how);
    batch.join(new RowRequest(asked.prompt, how, RowBank.NONE, reader), asked);
    while (batch.rows() > 0) {
      batch.step();
    }
    return asked;
  }
}
