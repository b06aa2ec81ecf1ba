package org.seal4j.lora.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.StockPlan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.OptimizerSpec;

/** The laws of adapters on stock ops: what our kernels give up to rounding. */
@Tag("slow")
class StockEngineTest {
  private static final BatchShape SHAPE = new BatchShape(2, 9);
  private static final LoraConfig UPPER =
      new LoraConfig(3, 6, false, new TargetModules("last 1: all-linear"));

  @Test
  void losses_and_gradients_of_all_adapters_are_those_of_our_kernels() {
    for (LoraShape shape : List.of(LoraShape.whole(SHAPE), new LoraShape(SHAPE, 0, 12, 0))) {
      compare(TinyTasks.LORA, shape);
    }
    compare(UPPER, new LoraShape(SHAPE, 1, 0, 0));
  }

  private static void compare(LoraConfig lora, LoraShape shape) {
    try (Weights weights = TinyModels.weights(1);
        AdapterBank bank = TinyModels.noisyBank(2, lora, Seeds.of(2));
        Worker kernels = new Worker();
        Worker stock = new Worker(Engine.STOCK);
        FrozenLayers lower = new FrozenLayers(weights, 1, kernels);
        FrozenLayers stockLower = new FrozenLayers(weights, 1, stock);
        LoraStep expected =
            new LoraStep(
                weights, bank, 2, shape, kernels, shape.frozenLayers() > 0 ? lower : null);
        LoraStep actual =
            new LoraStep(
                weights, bank, 2, shape, stock, shape.frozenLayers() > 0 ? stockLower : null)) {
      assertThat(actual.plan()).isInstanceOf(StockPlan.class);
      for (LoraStep step : List.of(expected, actual)) {
        for (int adapter = 0; adapter < 2; adapter++) {
          step.fill(adapter, TinyTasks.sequences(2, 5, 10, Seeds.of(3).child("of", adapter)));
        }
        step.run();
      }
      for (int adapter = 0; adapter < 2; adapter++) {
        assertThat(actual.loss(adapter))
            .isPositive()
            .isCloseTo(expected.loss(adapter), offset(1e-6 * expected.loss(adapter)));
      }
      for (int p = 0; p < expected.gradients().size(); p++) {
        float[] gradient = expected.gradients().get(p).dup().data().asFloat();
        float largest = expected.gradients().get(p).amaxNumber().floatValue();
        assertThat(actual.gradients().get(p).dup().data().asFloat())
            .containsExactly(gradient, offset(1e-5f * largest));
      }
    }
  }

  /** Not bit for bit, as with our kernels: a product of other sizes may sum in another order. */
  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  void adapters_together_come_out_as_each_alone(String optimizer) {
    List<InnerLoopTask> tasks = TinyTasks.different();
    InnerLoopConfig config = config(4, OptimizerSpec.of(optimizer));
    try (Weights weights = TinyModels.weights(1)) {
      List<TinyTasks.Outcome> together = train(weights, tasks, config, Engine.STOCK);
      List<TinyTasks.Outcome> kernels = train(weights, tasks, config, Engine.KERNELS);
      for (int i = 0; i < tasks.size(); i++) {
        InnerLoopConfig one = config(1, OptimizerSpec.of(optimizer));
        double[] alone = train(weights, List.of(tasks.get(i)), one, Engine.STOCK).get(0).curve();
        assertThat(together.get(i).curve())
            .as("task %d with -Dseal.test.seed=%d", i, TinyTasks.SEED)
            .containsExactly(alone, offset(1e-4));
        assertThat(together.get(i).curve()).containsExactly(kernels.get(i).curve(), offset(1e-4));
      }
    }
  }

  @Test
  void the_same_training_gives_the_same_bytes_on_any_number_of_threads() {
    List<InnerLoopTask> tasks = TinyTasks.different();
    InnerLoopConfig config = config(2, OptimizerSpec.ADAMW);
    try (Weights weights = TinyModels.weights(1);
        Workers one = new Workers(1, Engine.STOCK);
        Workers two = new Workers(2, Engine.STOCK)) {
      String before = weights.sha256();
      List<TinyTasks.Outcome> first = TinyTasks.train(weights, tasks, config, one);
      List<TinyTasks.Outcome> second = TinyTasks.train(weights, tasks, config, two);
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(second.get(i).adapter()).isEqualTo(first.get(i).adapter());
        assertThat(second.get(i).curve()).containsExactly(first.get(i).curve());
      }
      assertThat(weights.sha256()).isEqualTo(before);
    }
  }

  /** What Java reads and writes outside the ports would be wrong numbers here. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void training_reads_and_writes_the_arrays_of_a_step_through_ports_alone(Engine engine) {
    List<InnerLoopTask> tasks = TinyTasks.different();
    for (LoraConfig lora : List.of(TinyTasks.LORA, UPPER)) {
      InnerLoopConfig config = config(3, OptimizerSpec.ADAMW, lora);
      try (Weights weights = TinyModels.weights(1);
          Workers open = new Workers(1, engine);
          Workers hiding = Workers.hiding(1, engine)) {
        List<TinyTasks.Outcome> expected = TinyTasks.train(weights, tasks, config, open);
        List<TinyTasks.Outcome> actual = TinyTasks.train(weights, tasks, config, hiding);
        for (int i = 0; i < tasks.size(); i++) {
          assertThat(actual.get(i).curve()).containsExactly(expected.get(i).curve());
          assertThat(actual.get(i).adapter()).isEqualTo(expected.get(i).adapter());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void penalties_read_and_write_through_ports_alone(Engine engine) {
    InnerLoopTask task = TinyTasks.different().get(4);
    try (Weights weights = TinyModels.weights(1);
        Worker open = new Worker(engine);
        Worker hiding = Worker.hiding(engine)) {
      assertThat(penalized(weights, task, hiding))
          .containsExactly(penalized(weights, task, open))
          .isNotEmpty();
    }
  }

  private static double[] penalized(Weights weights, InnerLoopTask task, Worker worker) {
    List<TokenSequence> texts = TinyTasks.sequences(3, 4, 8, Seeds.of(5));
    try (PenalizedInnerLoop loop =
            new PenalizedInnerLoop(weights, config(1, OptimizerSpec.ADAMW), worker);
        KlAnchor anchor =
            new KlAnchor(
                weights,
                loop.bank(),
                TeacherDistributions.of(weights, texts, worker),
                0.5,
                2,
                worker)) {
      return loop.train(task, List.of(anchor.during(Seeds.of(6))));
    }
  }

  private static InnerLoopConfig config(int adapters, OptimizerSpec optimizer) {
    return config(adapters, optimizer, TinyTasks.LORA);
  }

  private static InnerLoopConfig config(int adapters, OptimizerSpec optimizer, LoraConfig lora) {
    InnerLoopConfig config = TinyTasks.config(adapters, 8);
    return new InnerLoopConfig(
        lora,
        config.batch(),
        config.schedule(),
        config.warmup(),
        config.clip(),
        optimizer,
        8,
        adapters);
  }

  private static List<TinyTasks.Outcome> train(
      Weights weights, List<InnerLoopTask> tasks, InnerLoopConfig config, Engine engine) {
    try (Workers workers = new Workers(1, engine)) {
      return TinyTasks.train(weights, tasks, config, workers);
    }
  }
}
