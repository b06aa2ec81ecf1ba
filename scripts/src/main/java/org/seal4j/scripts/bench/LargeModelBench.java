package org.seal4j.scripts.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.PeakMemory;

/**
 * Loads a model folder, writes tokens and trains an adapter for some steps, on one thread, and says
 * what each took; {@code scripts/bench/torch_large.py} does the same in PyTorch.
 */
public final class LargeModelBench {
  private static final int PROMPT = 32;
  private static final int NEW_TOKENS = 24;
  private static final int WARM_UP = 2;
  private static final int TIME = 256;
  private static final int STEPS = 3;
  private static final int RANK = 16;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private LargeModelBench() {}

  /**
   * @param args a model folder
   */
  public static void main(String[] args) {
    new LargeModelBench().run(Path.of(args[0]));
  }

  private void run(Path folder) {
    Tensors.zeros(1).close();
    double start = cpu();
    try (ModelFolder model = ModelFolder.load(folder)) {
      say("loading", cpu() - start, 1);
      decode(model);
      train(model);
    }
  }

  /** Ids that the twin makes in the same way. */
  private static TokenSequence sequence(ModelFolder model, int length) {
    int[] ids = new int[length];
    float[] weights = new float[length];
    Arrays.fill(weights, 1, length, 1);
    for (int i = 0; i < length; i++) {
      ids[i] = (int) ((i * 2654435761L + 12345 & 0xFFFFFFFFL) >> 8) % model.config().vocabSize();
    }
    return new TokenSequence(ids, new int[length], weights);
  }

  private void decode(ModelFolder model) {
    try (Worker worker = new Worker();
        Generator generator =
            new Generator(model.weights(), worker, new GeneratorOptions(1, PROMPT))) {
      List<Prompt> prompt = List.of(Prompt.of(sequence(model, PROMPT), Seeds.of(0)));
      double start = cpu();
      generate(generator, prompt, WARM_UP);
      say("prompt of 32 and 2 tokens, plans included", cpu() - start, 1);
      start = cpu();
      generate(generator, prompt, 1);
      double one = cpu() - start;
      start = cpu();
      Generation made = generate(generator, prompt, 1 + NEW_TOKENS);
      say("a token, batch 1", cpu() - start - one, NEW_TOKENS);
      out.println("greedy " + Arrays.toString(made.tokens()));
    }
  }

  private static Generation generate(Generator generator, List<Prompt> prompt, int tokens) {
    return generator
        .generate(prompt, new GenerationConfig(Sampling.mostLikely(), StopRule.after(tokens)))
        .get(0);
  }

  private void train(ModelFolder model) {
    LoraConfig lora = new LoraConfig(RANK, 2 * RANK, false, TargetModules.allLinear());
    InnerLoopConfig config =
        new InnerLoopConfig(lora, 1, Schedule.CONSTANT, 0, 1, OptimizerSpec.ADAMW, 8, 1);
    try (Workers workers = new Workers(1);
        SftInnerLoop loop = new SftInnerLoop(model.weights(), config, workers)) {
      for (int epochs : new int[] {1, STEPS}) {
        InnerLoopTask task =
            new InnerLoopTask(
                List.of(sequence(model, TIME + 1)), 1e-4, epochs, Seeds.of(1).child("adapter"));
        double start = cpu();
        loop.train(
            List.of(task),
            group -> out.println("losses " + Arrays.toString(group.curves().get(0))));
        say(
            epochs == 1 ? "first step, plan included" : "a step of 256 tokens",
            cpu() - start,
            epochs);
      }
    }
  }

  /** Processor seconds of this process. */
  private static double cpu() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() * 1e-9;
  }

  private void say(String what, double seconds, int parts) {
    out.printf(
        Locale.ROOT,
        "%-42s %8.3f CPU s, peak %.2f GiB%n",
        what,
        seconds / parts,
        PeakMemory.bytes().orElse(0) / (double) (1L << 30));
  }
}
