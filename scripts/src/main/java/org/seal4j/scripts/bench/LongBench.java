package org.seal4j.scripts.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.lora.train.LoraShape;
import org.seal4j.lora.train.LoraSteps;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.lora.train.StepMemory;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.scripts.run.PeakMemory;

/**
 * Memory and time of adapters' steps on long texts and with large models, and of inner loops on
 * several threads. One measurement a process, whose peak of memory it is:
 *
 * <pre>
 * LongBench step SHAPE TOKENS RECOMPUTE LOG    a step on one text, its last 256 tokens learned,
 *     with random weights; SHAPE is one of {@link LongShape}
 * LongBench plan SHAPE TOKENS RECOMPUTE LOG    the memory of such a step, which is not run
 * LongBench workers THREADS LOG                   inner loops of the small model</pre>
 *
 * <p>Appends a line to the log: the measurement and its arguments, CPU seconds, seconds by the
 * clock, bytes of memory; separated by tabs.
 */
public final class LongBench {
  private static final int LEARNED = 256;
  private static final int WARM_UP = 128;

  /** Longer texts are measured once, without a first run of the same length. */
  private static final int LONG = 512;

  private static final int RANK = 16;
  private static final int EDITS = 96;
  private static final int TEXTS = 8;
  private static final int EPOCHS = 3;
  private static final Seeds SEEDS = Seeds.of(23);

  private LongBench() {}

  public static void main(String[] args) throws IOException {
    boolean step = args.length == 5 && Set.of("step", "plan").contains(args[0]);
    Checks.require(
        step || (args.length == 3 && args[0].equals("workers")),
        "usage: LongBench step|plan SHAPE TOKENS RECOMPUTE LOG, or LongBench workers THREADS LOG");
    String line =
        step
            ? step(
                args[0],
                LongShape.named(args[1]),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]))
            : workers(Integer.parseInt(args[1]));
    System.out.print(line);
    Files.writeString(
        Path.of(args[args.length - 1]),
        line,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String step(String what, LongShape shape, int tokens, int recompute) {
    LoraConfig lora = new LoraConfig(RANK, 2 * RANK, false, TargetModules.allLinear());
    InnerLoopConfig how =
        new InnerLoopConfig(
                lora,
                1,
                Schedule.CONSTANT,
                0,
                1,
                OptimizerSpec.ADAMW,
                8,
                1,
                InnerLoopConfig.PadTo.STEP,
                InnerLoopConfig.Logits.WEIGHTED)
            .with(new StepMemory(1, recompute));
    try (Weights weights = shape.weights();
        AdapterBank bank = new AdapterBank(1, weights.config(), lora);
        Worker worker = new Worker();
        LoraSteps steps = new LoraSteps(weights, bank, how, worker)) {
      String name = "%s\t%s\t%d\t%d".formatted(what, shape.label(), tokens, recompute);
      if (what.equals("plan")) {
        LoraShape bound = new LoraShape(new BatchShape(1, tokens), 0, LEARNED, 0, recompute);
        LoraGraph graph = LoraGraph.of(weights, bank, 1, bound);
        List<SDVariable> outputs = new ArrayList<>(graph.gradients().values());
        outputs.add(graph.loss());
        try (Plan plan = Plan.of(graph.graph(), outputs, worker)) {
          Checks.require(plan.size() > 0, "a step without ops");
          return line(name, 0, 0, worker.buffers().bytes());
        }
      }
      bank.initialise(0, SEEDS);
      run(steps, shape, WARM_UP);
      if (tokens <= LONG) {
        run(steps, shape, tokens);
      }
      long cpu = CpuClock.process();
      long clock = System.nanoTime();
      run(steps, shape, tokens);
      return line(
          name, CpuClock.process() - cpu, System.nanoTime() - clock, worker.buffers().bytes());
    }
  }

  private static void run(LoraSteps steps, LongShape shape, int tokens) {
    int[] ids = new int[tokens + 1];
    float[] learned = new float[tokens + 1];
    for (int i = 0; i <= tokens; i++) {
      ids[i] =
          (int) ((((i * 2654435761L + 12345) & 0xFFFFFFFFL) >> 8) % shape.config().vocabSize());
      learned[i] = i > Math.max(0, tokens - LEARNED) ? 1 : 0;
    }
    TokenSequence text = new TokenSequence(ids, new int[tokens + 1], learned);
    steps.run(List.of(new InnerLoopTask(List.of(text), 1e-4, 1, SEEDS)), 0);
  }

  private static String workers(int threads) {
    InnerLoopConfig how =
        new InnerLoopConfig(
            InnerLoops.lora(), 2, Schedule.CONSTANT, 0, 1, OptimizerSpec.ADAMW, 8, 1);
    try (Weights weights = BenchModel.SMALL.weights();
        Workers workers = new Workers(threads);
        SftInnerLoop loop = new SftInnerLoop(weights, how, workers)) {
      long before = Pointer.physicalBytes();
      loop.train(edits(EDITS / 4), group -> {});
      long cpu = CpuClock.process();
      long clock = System.nanoTime();
      loop.train(edits(EDITS), group -> {});
      return line(
          "workers\t%d\t%d\t%d"
              .formatted(threads, EDITS, EDITS * EPOCHS * TEXTS * BenchModel.SMALL.time()),
          CpuClock.process() - cpu,
          System.nanoTime() - clock,
          (Pointer.physicalBytes() - before) / threads);
    }
  }

  private static List<InnerLoopTask> edits(int count) {
    List<InnerLoopTask> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<TokenSequence> texts =
          BenchModel.SMALL.sequences((long) TEXTS * i, TEXTS, BenchModel.SMALL.time() + 1);
      edits.add(new InnerLoopTask(texts, 1e-3, EPOCHS, SEEDS.child("edit", i)));
    }
    return edits;
  }

  private static String line(String what, long cpu, long clock, long bytes) {
    return String.format(
        Locale.ROOT,
        "%s\t%.4f\t%.4f\t%d\t%d%n",
        what,
        cpu * 1e-9,
        clock * 1e-9,
        bytes,
        PeakMemory.bytes().orElse(0));
  }
}
