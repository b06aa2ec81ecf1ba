package org.seal4j.lora.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;

/** Texts that were written under a grammar: their probabilities are those of sampling. */
class GrammarTest {
  private static final int VOCABULARY = TinyModels.CONFIG.vocabSize();
  private static final int PLACES = 3;
  private static final Seeds SEEDS = Seeds.of(PolicyBench.SEED);

  /** Places of two to five ids each. */
  private static List<int[]> places() {
    List<int[]> places = new ArrayList<>();
    Rng rng = SEEDS.child("places").rng();
    for (int place = 0; place < PLACES; place++) {
      int[] ids = rng.permutation(VOCABULARY);
      places.add(Arrays.copyOf(ids, 2 + place));
    }
    return places;
  }

  private static List<BitSet> sets(List<int[]> places) {
    List<BitSet> sets = new ArrayList<>();
    for (int[] ids : places) {
      BitSet set = new BitSet();
      for (int id : ids) {
        set.set(id);
      }
      sets.add(set);
    }
    return sets;
  }

  /** What a model wrote under the grammar, and with which log-probability. */
  private record Sampled(List<Rollout> rollouts, List<Double> logProbabilities) {}

  private static Sampled sampled(Weights weights, int count, boolean grammar) {
    List<Rollout> rollouts = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    TokenSequence prompt = new TokenSequence(new int[] {3, 1, 2}, new int[3], new float[3]);
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(Prompt.of(prompt, SEEDS.child("sample", i)).withMask(TokenMask.places(places())));
    }
    try (Worker worker = new Worker();
        Generator generator = new Generator(weights, worker, GeneratorOptions.defaults())) {
      GenerationConfig how = new GenerationConfig(Sampling.at(1), StopRule.after(PLACES));
      for (Generation made : generator.generate(prompts, how)) {
        int[] ids = Arrays.copyOf(prompt.ids(), prompt.length() + PLACES);
        System.arraycopy(made.tokens(), 0, ids, prompt.length(), PLACES);
        float[] counted = new float[ids.length];
        Arrays.fill(counted, prompt.length(), ids.length, 1f);
        TokenSequence text = new TokenSequence(ids, new int[ids.length], counted);
        WrittenText written =
            grammar ? new WrittenText(text, sets(places())) : WrittenText.free(text);
        double reward = SEEDS.child("reward", rollouts.size()).rng().nextDouble();
        rollouts.add(new Rollout("g", List.of(written), reward));
        logProbabilities.add(made.logProb());
      }
    }
    return new Sampled(rollouts, logProbabilities);
  }

  private static PolicyObjective objective(String kind) {
    return kind.equals("dpo") ? new Preference(0.5) : PolicyBench.grpo(0.2, 0.1);
  }

  @Test
  void probabilities_are_those_of_sampling_and_without_the_grammar_they_are_smaller() {
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(1);
        PolicyTrainer trainer =
            new PolicyTrainer(weights, PolicyBench.training(objective("grpo")), workers)) {
      Sampled sampled = sampled(weights, 6, true);
      List<Double> known = trainer.logProbabilities(sampled.rollouts);
      List<Double> free = trainer.logProbabilities(sampled(weights, 6, false).rollouts);
      for (int i = 0; i < known.size(); i++) {
        assertThat(known.get(i))
            .as("rollout %d with -Dseal.test.seed=%d", i, PolicyBench.SEED)
            .isCloseTo(sampled.logProbabilities.get(i), offset(1e-4));
        assertThat(free.get(i)).isLessThan(known.get(i) - 0.5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void every_ratio_of_the_first_step_is_exactly_one(Engine engine) {
    GroupRelative objective = PolicyBench.grpo(0.2, 0.1);
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(2, engine);
        Worker worker = new Worker(engine);
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, PolicyBench.LORA)) {
      bank.initialise(0, SEEDS);
      List<Lesson> lessons = objective.lessons(sampled(weights, 6, true).rollouts);
      List<WrittenText> texts =
          lessons.stream().flatMap(l -> l.texts().stream()).map(Lesson.Directed::text).toList();
      try (TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
          TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
        TextScores old = scorer.scores(texts, workers);
        for (StepText text : objective.texts(lessons, old, old, old)) {
          TextPlan plan = plans.plan(text.text(), worker);
          plan.run(text.text(), text.inputs());
          assertThat(plan.nll(PLACES)).containsExactly(old.of(text.text()));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpo", "dpo"})
  void the_gradient_is_that_of_differences(String kind) {
    PolicyObjective objective =
        kind.equals("dpo") ? new Preference(0.5) : PolicyBench.grpo(Double.POSITIVE_INFINITY, 0.5);
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(1);
        Worker worker = new Worker();
        AdapterBank bank = TinyModels.noisyBank(1, PolicyBench.LORA, Seeds.of(5));
        TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
        TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
      List<Lesson> lessons = objective.lessons(sampled(weights, 4, true).rollouts);
      List<WrittenText> texts =
          lessons.stream().flatMap(l -> l.texts().stream()).map(Lesson.Directed::text).toList();
      TextScores old = scorer.scores(texts, workers);
      List<INDArray> factors = new ArrayList<>();
      bank.factors().values().forEach(f -> factors.addAll(List.of(f.a(), f.b())));
      double[] got = new double[factors.size()];
      step(objective, lessons, old, scorer, plans, workers, worker, got);
      float eps = 5e-3f;
      for (int p = 0; p < factors.size(); p++) {
        Tensor factor = Tensors.of(factors.get(p));
        float held = factor.f().get(0);
        factor.f().put(0, held + eps);
        double more = step(objective, lessons, old, scorer, plans, workers, worker, null);
        factor.f().put(0, held - eps);
        double less = step(objective, lessons, old, scorer, plans, workers, worker, null);
        factor.f().put(0, held);
        double expected = (more - less) / (2 * eps);
        assertThat(got[p])
            .as("factor %d with -Dseal.test.seed=%d", p, PolicyBench.SEED)
            .isCloseTo(expected, offset(4e-3 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** The loss of a step; adds the gradients by the first number of each factor. */
  private static double step(
      PolicyObjective objective,
      List<Lesson> lessons,
      TextScores old,
      TextPlans scorer,
      TextPlans plans,
      Workers workers,
      Worker worker,
      double @Nullable [] sums) {
    List<WrittenText> texts =
        lessons.stream().flatMap(l -> l.texts().stream()).map(Lesson.Directed::text).toList();
    double loss = 0;
    for (StepText text : objective.texts(lessons, old, old, scorer.scores(texts, workers))) {
      TextPlan plan = plans.plan(text.text(), worker);
      plan.run(text.text(), text.inputs());
      loss += text.counts() ? plan.loss() : 0;
      for (int p = 0; sums != null && p < sums.length; p++) {
        sums[p] += plan.gradients().get(p).f().get(0);
      }
    }
    return loss;
  }

  @Test
  void a_token_outside_its_grammar_is_refused() {
    TokenSequence text = new TokenSequence(new int[] {1, 4}, new int[2], new float[] {0, 1});
    assertThatThrownBy(() -> new WrittenText(text, sets(List.of(new int[] {2, 3}))))
        .isInstanceOf(InputException.class)
        .hasMessage("token 0 of what was written is 4, which its grammar does not allow there");
    assertThatThrownBy(() -> new WrittenText(text, sets(List.of(new int[] {4}, new int[] {4}))))
        .hasMessage("1 tokens were written, but a grammar says what 2 of them may be");
  }
}
