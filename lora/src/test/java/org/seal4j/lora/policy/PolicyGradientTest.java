package org.seal4j.lora.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.train.LoraStep;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;

/** The gradient of one step: where it must agree with what is known, and with differences. */
class PolicyGradientTest {
  private static final double[][] NONE = {};

  private static List<WrittenText> texts(List<Lesson> lessons) {
    return lessons.stream()
        .flatMap(lesson -> lesson.texts().stream())
        .map(Lesson.Directed::text)
        .toList();
  }

  /** Loss of a step, and where asked for the sum of its gradients by each factor. */
  private static double loss(
      List<StepText> texts, TextPlans plans, Worker worker, double[][] sums) {
    double loss = 0;
    for (StepText text : texts) {
      TextPlan plan = plans.plan(text.text(), worker);
      plan.run(text.text(), text.inputs());
      loss += text.counts() ? plan.loss() : 0;
      List<Tensor> gradients = plan.gradients();
      for (int p = 0; p < sums.length; p++) {
        for (int i = 0; i < sums[p].length; i++) {
          sums[p][i] += gradients.get(p).f().get(i);
        }
      }
    }
    return loss;
  }

  private static List<INDArray> factors(AdapterBank bank) {
    List<INDArray> factors = new ArrayList<>();
    bank.factors().values().forEach(f -> factors.addAll(List.of(f.a(), f.b())));
    return factors;
  }

  private static double[][] sums(AdapterBank bank) {
    return factors(bank).stream().map(f -> new double[(int) f.length()]).toArray(double[][]::new);
  }

  /** At the first step, where every ratio is 1, a clip changes nothing: the policy gradient. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, 0.2, 1e-6})
  void at_ratio_one_and_without_divergence_it_is_the_likelihood_weighted_by_advantage(double clip) {
    GroupRelative objective = PolicyBench.grpo(clip, 0);
    List<Rollout> rollouts =
        PolicyBench.rollouts(PolicyBench.SEED).stream()
            .map(r -> new Rollout(r.group(), r.texts().subList(0, 1), r.reward()))
            .toList();
    List<Lesson> lessons = objective.lessons(rollouts);
    assertThat(lessons).hasSize(rollouts.size());
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(1);
        Worker worker = new Worker();
        AdapterBank bank = TinyModels.noisyBank(1, PolicyBench.LORA, Seeds.of(3));
        TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
        TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
      TextScores old = scorer.scores(texts(lessons), workers);
      double[][] got = sums(bank);
      double loss = loss(objective.texts(lessons, old, old, old), plans, worker, got);
      double[][] expected = sums(bank);
      double mean = 0;
      for (Lesson lesson : lessons) {
        Lesson.Directed text = lesson.texts().get(0);
        mean -= text.direction() / lessons.size();
        addLikelihood(weights, bank, text, lessons.size(), expected);
      }
      assertThat(loss).as("ratios are 1").isCloseTo(mean, offset(1e-6));
      for (int p = 0; p < got.length; p++) {
        assertThat(got[p])
            .as("factor %d with -Dseal.test.seed=%d", p, PolicyBench.SEED)
            .containsExactly(expected[p], offset(1e-5));
      }
    }
  }

  private static void addLikelihood(
      Weights weights, AdapterBank bank, Lesson.Directed text, int count, double[][] sums) {
    BatchShape shape = new BatchShape(1, BatchFiller.inputLength(text.text().tokens()));
    try (Worker worker = new Worker();
        LoraStep step = new LoraStep(weights, bank, 1, shape, worker)) {
      step.fill(0, List.of(text.text().tokens()));
      step.run();
      for (int p = 0; p < sums.length; p++) {
        for (int i = 0; i < sums[p].length; i++) {
          sums[p][i] += text.direction() / count * step.gradientViews().get(p).f().get(i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void scores_have_the_bits_of_the_first_step_so_that_ratios_are_one(Engine engine) {
    GroupRelative objective = PolicyBench.grpo(0.2, 0.1);
    List<Lesson> lessons = objective.lessons(PolicyBench.rollouts(PolicyBench.SEED));
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(2, engine);
        Worker worker = new Worker(engine);
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, PolicyBench.LORA)) {
      bank.initialise(0, Seeds.of(4));
      try (TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
          TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
        TextScores old = scorer.scores(texts(lessons), workers);
        for (StepText text : objective.texts(lessons, old, old, old)) {
          TextPlan plan = plans.plan(text.text(), worker);
          plan.run(text.text(), text.inputs());
          float[] nll = old.of(text.text());
          assertThat(plan.nll(nll.length)).containsExactly(nll);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "token", "dpo"})
  @Tag("slow")
  void the_gradient_of_a_step_is_that_of_differences(String kind) {
    PolicyObjective objective =
        switch (kind) {
          case "sample" -> PolicyBench.grpo(Double.POSITIVE_INFINITY, 0.5);
          case "token" ->
              new GroupRelative(
                  Double.POSITIVE_INFINITY, 0.5, GroupRelative.Normalisation.TOKEN, false);
          default -> new Preference(0.5);
        };
    List<Lesson> lessons = objective.lessons(PolicyBench.rollouts(PolicyBench.SEED));
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(1);
        Worker worker = new Worker();
        AdapterBank fresh = new AdapterBank(1, TinyModels.CONFIG, PolicyBench.LORA);
        AdapterBank bank = TinyModels.noisyBank(1, PolicyBench.LORA, Seeds.of(5))) {
      fresh.initialise(0, Seeds.of(6));
      factors(bank).forEach(factor -> factor.muli(0.3));
      try (TextPlans before = new TextPlans(weights, fresh, PolicyBench.adapter(0), null);
          TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
          TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
        TextScores old = before.scores(texts(lessons), workers);
        double[][] sums = sums(bank);
        loss(texts(objective, lessons, old, scorer, workers), plans, worker, sums);
        List<INDArray> factors = factors(bank);
        float eps = 5e-3f;
        for (int p = 0; p < factors.size(); p++) {
          Tensor factor = Tensors.of(factors.get(p));
          for (int i : new int[] {0, factor.length() / 2, factor.length() - 1}) {
            float held = factor.f().get(i);
            factor.f().put(i, held + eps);
            List<StepText> up = texts(objective, lessons, old, scorer, workers);
            double more = loss(up, plans, worker, NONE);
            factor.f().put(i, held - eps);
            List<StepText> down = texts(objective, lessons, old, scorer, workers);
            double less = loss(down, plans, worker, NONE);
            factor.f().put(i, held);
            double expected = (more - less) / (2 * eps);
            assertThat(sums[p][i])
                .as("factor %d, entry %d with -Dseal.test.seed=%d", p, i, PolicyBench.SEED)
                .isCloseTo(expected, offset(4e-3 * Math.max(1, Math.abs(expected))));
          }
        }
      }
    }
  }

  private static List<StepText> texts(
      PolicyObjective objective,
      List<Lesson> lessons,
      TextScores old,
      TextPlans scorer,
      Workers workers) {
    return objective.texts(lessons, old, old, scorer.scores(texts(lessons), workers));
  }

  @Test
  void tokens_without_an_advantage_have_no_gradient() {
    GroupRelative objective = PolicyBench.grpo(0.2, 0);
    List<Lesson> still =
        objective.lessons(PolicyBench.rollouts(PolicyBench.SEED)).stream()
            .map(
                lesson ->
                    new Lesson(
                        lesson.texts().stream()
                            .map(text -> new Lesson.Directed(text.text(), 0))
                            .toList()))
            .toList();
    try (Weights weights = TinyModels.weights(1);
        Workers workers = new Workers(1);
        Worker worker = new Worker();
        AdapterBank bank = TinyModels.noisyBank(1, PolicyBench.LORA, Seeds.of(3));
        TextPlans scorer = new TextPlans(weights, bank, PolicyBench.adapter(0), null);
        TextPlans plans = new TextPlans(weights, bank, PolicyBench.adapter(0), objective)) {
      TextScores old = scorer.scores(texts(still), workers);
      double[][] sums = sums(bank);
      loss(objective.texts(still, old, old, old), plans, worker, sums);
      for (double[] side : sums) {
        assertThat(side).containsOnly(0);
      }
    }
  }
}
