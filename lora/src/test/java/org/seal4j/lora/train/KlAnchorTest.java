package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.model.Weights;
import org.seal4j.model.kernel.Tensor;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;

class KlAnchorTest {
  private static final List<TokenSequence> TEXTS = TinyTasks.sequences(5, 4, 8, Seeds.of(41));

  /** Zero gradients for every factor of a bank, in its order. */
  static List<INDArray> zeros(AdapterBank bank) {
    List<INDArray> zeros = new ArrayList<>();
    for (AdapterBank.Factors f : bank.factors().values()) {
      zeros.add(Nd4j.zeros(f.a().shape()));
      zeros.add(Nd4j.zeros(f.b().shape()));
    }
    return zeros;
  }

  static List<Tensor> tensors(List<INDArray> arrays) {
    return arrays.stream().map(Tensors::of).toList();
  }

  /** All factors of a bank, in the order of the gradients. */
  static List<INDArray> factors(AdapterBank bank) {
    List<INDArray> factors = new ArrayList<>();
    for (AdapterBank.Factors f : bank.factors().values()) {
      factors.add(f.a());
      factors.add(f.b());
    }
    return factors;
  }

  @Test
  void a_model_without_an_adapter_is_at_no_distance_from_itself() {
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, TinyTasks.LORA)) {
      bank.initialise(0, Seeds.of(3));
      TeacherDistributions teacher = TeacherDistributions.of(weights, TEXTS, worker);
      List<INDArray> gradients = zeros(bank);
      try (KlAnchor anchor = new KlAnchor(weights, bank, teacher, 2, 4, worker)) {
        double value = anchor.during(Seeds.of(4)).add(0, bank, tensors(gradients));
        assertThat(value).isCloseTo(0, offset(1e-5));
      }
      for (INDArray gradient : gradients) {
        assertThat(gradient.amaxNumber().doubleValue()).isLessThan(1e-5);
      }
    }
  }

  @Test
  @Tag("slow")
  void the_gradient_is_that_of_the_divergence_and_is_added_to_what_is_there() {
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        AdapterBank bank = TinyModels.noisyBank(1, TinyTasks.LORA, Seeds.of(2))) {
      TeacherDistributions teacher = TeacherDistributions.of(weights, TEXTS, worker);
      try (KlAnchor anchor = new KlAnchor(weights, bank, teacher, 1.5, 3, worker)) {
        Penalty penalty = anchor.during(Seeds.of(4));
        List<INDArray> gradients = zeros(bank);
        gradients.forEach(gradient -> gradient.assign(7.0));
        assertThat(penalty.add(1, bank, tensors(gradients))).isPositive();
        differences(bank, penalty, 1, gradients, 7);
      }
    }
  }

  /** Holds some entries of every gradient against central differences of the penalty's value. */
  static void differences(
      AdapterBank bank, Penalty penalty, int step, List<INDArray> gradients, double offset) {
    List<INDArray> factors = factors(bank);
    double eps = 1e-2;
    for (int p = 0; p < factors.size(); p++) {
      Tensor factor = Tensors.of(factors.get(p));
      for (int i : new int[] {0, factor.length() / 2, factor.length() - 1}) {
        float before = factor.f().get(i);
        factor.f().put(i, (float) (before + eps));
        double up = penalty.add(step, bank, tensors(zeros(bank)));
        factor.f().put(i, (float) (before - eps));
        double down = penalty.add(step, bank, tensors(zeros(bank)));
        factor.f().put(i, before);
        double expected = (up - down) / (2 * eps);
        assertThat(Tensors.of(gradients.get(p)).f().get(i) - offset)
            .as("factor %d, entry %d", p, i)
            .isCloseTo(expected, offset(2e-3 * Math.max(1, Math.abs(expected))));
      }
    }
  }

  @Test
  @Tag("slow")
  void training_with_the_anchor_stays_nearer_to_the_teacher() {
    InnerLoopTask task =
        new InnerLoopTask(TinyTasks.sequences(2, 8, 9, Seeds.of(5)), 2e-2, 30, Seeds.of(6));
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        PenalizedInnerLoop loop = new PenalizedInnerLoop(weights, TinyTasks.config(1, 4), worker)) {
      TeacherDistributions teacher = TeacherDistributions.of(weights, TEXTS, worker);
      try (KlAnchor measure = new KlAnchor(weights, loop.bank(), teacher, 1, 5, worker);
          KlAnchor anchor = new KlAnchor(weights, loop.bank(), teacher, 3, 5, worker)) {
        loop.train(task, List.of());
        double plain = divergence(measure, loop.bank());
        loop.train(task, List.of(anchor.during(Seeds.of(8))));
        assertThat(divergence(measure, loop.bank())).isPositive().isLessThan(plain / 2);
      }
    }
  }

  private static double divergence(KlAnchor measure, AdapterBank bank) {
    return measure.during(Seeds.of(8)).add(0, bank, tensors(zeros(bank)));
  }

  @Test
  void a_batch_of_more_texts_than_there_are_is_refused() {
    try (Weights weights = TinyModels.weights(1);
        Worker worker = new Worker();
        AdapterBank bank = new AdapterBank(1, TinyModels.CONFIG, TinyTasks.LORA)) {
      TeacherDistributions teacher = TeacherDistributions.of(weights, TEXTS, worker);
      assertThatThrownBy(() -> new KlAnchor(weights, bank, teacher, 1, 6, worker))
          .hasMessageContaining("1 to 5");
    }
  }
}
