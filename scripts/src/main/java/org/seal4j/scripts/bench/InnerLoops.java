package org.seal4j.scripts.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.graph.LoraLinear;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.CrossEntropy;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Executable;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchFiller;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/** Sixteen adapters over the small model, trained in one batch and one at a time. */
final class InnerLoops implements AutoCloseable {
  static final int ADAPTERS = 16;
  static final int STEPS = 20;
  static final int BATCH = 4;
  static final int TIME = 96;
  private static final int RANK = 8;
  private static final double LEARNING_RATE = 1e-3;
  private static final BenchModel MODEL = BenchModel.SMALL;
  private static final Seeds SEEDS = Seeds.of(16);

  private final Weights weights = MODEL.weights();
  private final Workers workers = new Workers(1);
  private final List<SftInnerLoop> loops = new ArrayList<>();

  static LoraConfig lora() {
    return new LoraConfig(RANK, 2 * RANK, false, TargetModules.allLinear());
  }

  /** What each adapter learns: four sequences, one batch per epoch. */
  static List<InnerLoopTask> tasks() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int i = 0; i < ADAPTERS; i++) {
      tasks.add(
          new InnerLoopTask(
              MODEL.sequences((long) i * BATCH, BATCH, TIME + 1),
              LEARNING_RATE,
              STEPS,
              SEEDS.child("adapter", i)));
    }
    return tasks;
  }

  /** The adapters as the inner loop draws them before the first step. The caller closes them. */
  static AdapterBank fresh() {
    AdapterBank bank = new AdapterBank(ADAPTERS, MODEL.config(), lora());
    List<InnerLoopTask> tasks = tasks();
    for (int i = 0; i < ADAPTERS; i++) {
      bank.initialise(i, tasks.get(i).seeds().child("init"));
    }
    return bank;
  }

  private SftInnerLoop loop(int adaptersPerGroup) {
    InnerLoopConfig config =
        new InnerLoopConfig(
            lora(), BATCH, Schedule.CONSTANT, 0, 1, OptimizerSpec.ADAMW, 8, adaptersPerGroup);
    SftInnerLoop loop = new SftInnerLoop(weights, config, workers);
    loops.add(loop);
    return loop;
  }

  /** Training loss of every step of each adapter, in nats per token. */
  Map<Integer, double[]> curves() {
    Map<Integer, double[]> curves = new LinkedHashMap<>();
    loop(ADAPTERS)
        .train(
            tasks(),
            group -> {
              for (int i = 0; i < group.tasks().length; i++) {
                curves.put(group.tasks()[i], group.curves().get(i));
              }
            });
    return curves;
  }

  private Workload workload(String name, int adaptersPerGroup) {
    SftInnerLoop loop = loop(adaptersPerGroup);
    List<InnerLoopTask> tasks = tasks();
    return new Workload(name, 1, 1, () -> loop.train(tasks, group -> {}));
  }

  /** Whether an inner loop is asked for. */
  static boolean areWanted(Stopwatch watch) {
    return watch.wants("inner-together", "inner-by-8", "inner-by-4", "inner-by-2", "inner-alone");
  }

  /** Times all sixteen in one graph, in graphs of some, and each in a graph of its own. */
  static void time(Stopwatch watch) {
    if (areWanted(watch)) {
      try (InnerLoops loops = new InnerLoops()) {
        watch.time(
            List.of(
                loops.workload("inner-together", ADAPTERS),
                loops.workload("inner-by-8", 8),
                loops.workload("inner-by-4", 4),
                loops.workload("inner-by-2", 2),
                loops.workload("inner-alone", 1)));
      }
    }
  }

  /** Where the time of one step of all sixteen goes; AdamW is not in it. */
  static OpProfile profile(int runs) {
    try (Weights weights = MODEL.weights();
        AdapterBank bank = fresh();
        Worker worker = new Worker();
        Executable plan = step(weights, bank, worker)) {
      BatchShape shape = new BatchShape(ADAPTERS * BATCH, TIME);
      new BatchFiller(plan, shape)
          .fill(0, MODEL.sequences(0, ADAPTERS * BATCH, TIME + 1), 1.0 / (BATCH * TIME));
      return OpProfile.of(plan, runs);
    }
  }

  /** The step of the inner loop, as {@code lora.train} builds it. */
  private static Executable step(Weights weights, AdapterBank bank, Worker worker) {
    Graph graph = new Graph();
    int rows = ADAPTERS * BATCH * TIME;
    LmInputs inputs = LmInputs.declare(graph, weights.config(), rows);
    LoraLinear linear = new LoraLinear(graph, weights, lora(), bank.factors(), ADAPTERS, true);
    SDVariable logits =
        CausalLm.frozen(graph, weights, linear)
            .logits(inputs, CausalLm.fullAttention(graph, weights.config(), ADAPTERS * BATCH));
    SDVariable targets = graph.placeholder(LmStep.TARGETS, DataType.INT32, rows);
    SDVariable lossWeights = graph.placeholder(LmStep.LOSS_WEIGHTS, DataType.FLOAT, rows);
    SDVariable loss = CrossEntropy.of(graph, List.of(logits, targets, lossWeights), ADAPTERS)[0];
    List<SDVariable> outputs =
        new ArrayList<>(Backprop.gradients(graph, loss, linear.variables()).values());
    outputs.add(loss);
    return worker.executable(graph, outputs);
  }

  /** A and B of a bank by the names of their graph variables. */
  static Map<String, INDArray> arrays(AdapterBank bank) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    bank.factors()
        .forEach(
            (module, factors) -> {
              arrays.put(module + ".lora_A", factors.a());
              arrays.put(module + ".lora_B", factors.b());
            });
    return arrays;
  }

  @Override
  public void close() {
    loops.forEach(SftInnerLoop::close);
    workers.close();
    weights.close();
  }
}
