package org.seal4j.scripts.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.train.AdapterGroup;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Generator;
import org.seal4j.model.generate.GeneratorOptions;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/**
 * Memory over many inner loops: each trains a fresh adapter on texts of other lengths than the one
 * before and writes a few tokens with it, as a long run of reinforcement does.
 *
 * <pre>MemoryBench LOOPS FILE    a line of the file for every hundredth part: loops, and MiB of
 *     Java heap in use after a collection, and of resident memory</pre>
 */
public final class MemoryBench {
  private static final int LINES = 100;
  private static final int SHORTEST = 16;
  private static final int LONGEST = 104;
  private static final double MIB = 1 << 20;
  private static final BenchModel MODEL = BenchModel.SMALL;
  private static final Seeds SEEDS = Seeds.of(17);

  private MemoryBench() {}

  public static void main(String[] args) throws IOException {
    Checks.require(args.length == 2, "usage: MemoryBench LOOPS FILE");
    int loops = Integer.parseInt(args[0]);
    Checks.require(loops >= LINES, "LOOPS must be at least %d but was %d", LINES, loops);
    StringBuilder lines = new StringBuilder("loops\theap\tresident\n");
    InnerLoopConfig config =
        new InnerLoopConfig(
            InnerLoops.lora(), 2, Schedule.CONSTANT, 0, 1, OptimizerSpec.ADAMW, 8, 1);
    try (Weights weights = MODEL.weights();
        Workers workers = new Workers(1);
        SftInnerLoop loop = new SftInnerLoop(weights, config, workers)) {
      for (int i = 1; i <= loops; i++) {
        loop.train(List.of(task(i)), group -> write(weights, group));
        if (i % (loops / LINES) == 0) {
          String line = line(i);
          System.out.print(line);
          lines.append(line);
        }
      }
    }
    Files.writeString(Path.of(args[1]), lines, StandardCharsets.UTF_8);
  }

  private static InnerLoopTask task(int i) {
    Rng rng = SEEDS.child("lengths", i).rng();
    List<TokenSequence> texts = new ArrayList<>();
    int count = rng.between(1, 4);
    for (int t = 0; t < count; t++) {
      texts.addAll(MODEL.sequences(4L * i + t, 1, rng.between(SHORTEST, LONGEST)));
    }
    return new InnerLoopTask(texts, 1e-3, 2, SEEDS.child("adapter", i));
  }

  private static void write(Weights weights, AdapterGroup group) {
    TokenSequence text = MODEL.sequences(group.tasks()[0], 1, SHORTEST).get(0);
    try (Generator generator =
        new Generator(
            weights,
            new LoraBank(weights, group.bank(), 1),
            group.worker(),
            GeneratorOptions.defaults())) {
      generator.generate(
          List.of(Prompt.of(text, SEEDS)),
          new GenerationConfig(Sampling.mostLikely(), StopRule.after(8)));
    }
  }

  private static String line(int loops) {
    System.gc();
    Runtime java = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%d\t%.2f\t%.1f%n",
        loops,
        (java.totalMemory() - java.freeMemory()) / MIB,
        Pointer.physicalBytes() / MIB);
  }
}
