package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.batch.Bucketing;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** The law of the key-value cache: decoding token by token is one forward pass. */
class CachedDecodingTest {
  private static final int LENGTH = 21;
  private static final int CHUNK = 4;

  static Stream<Arguments> configs() {
    return Arrays.stream(Engine.values())
        .flatMap(e -> TinyModels.configs().stream().map(config -> Arguments.of(config, e)));
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void cached_logits_are_those_of_a_full_forward_pass(ModelConfig config, Engine engine) {
    Seeds seeds = TinyModels.seeds("cached = full");
    Rng rng = seeds.child("text").rng();
    List<TokenSequence> rows =
        List.of(
            TinyModels.sequence(config, LENGTH, rng),
            TinyModels.sequence(config, LENGTH, rng),
            TinyModels.sequence(config, LENGTH, rng));
    // The rows are read up to different lengths in chunks, so that the shorter ones hold padding.
    int[] read = {0, 5, 13};
    try (Weights weights = TinyModels.weights(config, seeds);
        Worker worker = new Worker(engine);
        KvCache cache = new KvCache(config, engine)) {
      cache.reserve(rows.size(), KvCache.capacity(LENGTH));
      StepPlan.Parts parts = new StepPlan.Parts(weights, LinearBank.base(weights), cache, worker);
      float[][][] full = full(weights, rows, worker);
      requireLike(weights, rows, full);
      prefill(parts, rows, read);
      StepShape shape = StepShape.write(rows.size(), KvCache.capacity(LENGTH));
      try (StepPlan decode = StepPlan.write(parts, shape)) {
        float[] logits = new float[config.vocabSize()];
        for (int step = 0; step + read[2] < LENGTH; step++) {
          for (int r = 0; r < rows.size(); r++) {
            int at = read[r] + step;
            decode.start(r, at);
            decode.token(r, 0, rows.get(r).ids()[at], rows.get(r).positions()[at]);
          }
          decode.run();
          for (int r = 0; r < rows.size(); r++) {
            decode.logits(r, logits);
            assertThat(distance(logits, full[r][read[r] + step])).isLessThan(1e-5);
          }
        }
      }
    }
  }

  /** Logits of either engine are those of our kernels. */
  private static void requireLike(Weights weights, List<TokenSequence> rows, float[][][] logits) {
    try (Worker kernels = new Worker()) {
      float[][][] expected = full(weights, rows, kernels);
      for (int r = 0; r < rows.size(); r++) {
        for (int t = 0; t < LENGTH; t++) {
          double largest = distance(expected[r][t], new float[logits[r][t].length]);
          assertThat(distance(logits[r][t], expected[r][t])).isLessThan(2e-6 * largest);
        }
      }
    }
  }

  private static void prefill(StepPlan.Parts parts, List<TokenSequence> rows, int[] read) {
    StepShape shape = StepShape.read(rows.size(), CHUNK, KvCache.capacity(LENGTH));
    try (StepPlan plan = StepPlan.read(parts, shape)) {
      for (int from = 0; from < read[2]; from += CHUNK) {
        for (int r = 0; r < rows.size(); r++) {
          plan.start(r, from);
          for (int i = 0; i < CHUNK; i++) {
            boolean text = from + i < read[r];
            TokenSequence row = rows.get(r);
            plan.token(r, i, text ? row.ids()[from + i] : 0, text ? row.positions()[from + i] : 0);
          }
        }
        plan.run();
      }
    }
  }

  /** Logits of the full pass, {@code [b][t][v]}. */
  private static float[][][] full(Weights weights, List<TokenSequence> rows, Worker worker) {
    ScorePlan.Shape shape = new ScorePlan.Shape(rows.size(), LENGTH);
    float[][][] logits = new float[rows.size()][LENGTH][weights.config().vocabSize()];
    try (ScorePlan plan = ScorePlan.of(weights, LinearBank.base(weights), shape, worker)) {
      plan.run(new Bucketing(1, 0).pad(rows));
      for (int r = 0; r < rows.size(); r++) {
        for (int i = 0; i < LENGTH; i++) {
          plan.logits(r * LENGTH + i, logits[r][i]);
        }
      }
    }
    return logits;
  }

  private static double distance(float[] a, float[] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] - b[i]));
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("configs")
  @Tag("slow")
  void greedy_ids_are_the_most_likely_ones_of_a_full_forward_pass(
      ModelConfig config, Engine engine) {
    Seeds seeds = TinyModels.seeds("greedy = argmax");
    try (Weights weights = TinyModels.weights(config, seeds);
        Worker worker = new Worker(engine);
        Generator generator = new Generator(weights, worker, GeneratorOptions.defaults());
        Scorer scorer = new Scorer(weights, worker)) {
      List<Prompt> prompts = TinyModels.prompts(config, 5, 40, seeds);
      List<Generation> answers =
          generator.generate(
              prompts, new GenerationConfig(Sampling.mostLikely(), StopRule.after(25)));
      for (int i = 0; i < prompts.size(); i++) {
        Generation answer = answers.get(i);
        Score score =
            scorer.score(List.of(Texts.joined(prompts.get(i).tokens(), answer, token -> 0))).get(0);
        assertThat(score.exact()).isTrue();
        assertThat(score.tokens()).isEqualTo(25);
        assertThat(score.total()).isCloseTo(-answer.modelLogProb(), Texts.within(1e-4));
        assertThat(answer.logProbs()).containsExactly(answer.modelLogProbs(), Texts.within(1e-12));
      }
    }
  }
}
