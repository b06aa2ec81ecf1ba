package org.seal4j.scripts.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.weights.ModelFolder;

/**
 * Trains adapters of a real model on one thread, as {@code scripts/bench/peft_twin.py} does with
 * PyTorch and PEFT: an inner loop of some passes over six texts of a hundred tokens. Appends {@code
 * engine, workload, milliseconds of CPU time} to a log, separated by tabs.
 */
public final class AdapterBench {
  private static final int TEXTS = 6;
  private static final int LENGTH = 101;
  private static final int BATCH = 2;
  private static final int RANK = 16;
  private static final double RATE = 1e-4;

  private final ModelFolder model;
  private final Workers workers;

  /**
   * A kind of inner loop.
   *
   * @param name in the log
   * @param targets which linears get an adapter; the share of layers is filled in
   * @param answer tokens at the end of each text that have a loss
   */
  private record Case(String name, String targets, int answer, InnerLoopConfig.Logits logits) {
    static List<Case> all(int layers) {
      String upper = "last %d: all-linear".formatted((layers + 2) / 3);
      return List.of(
          new Case("all layers, every token", "all-linear", 100, InnerLoopConfig.Logits.WEIGHTED),
          new Case("all layers, answers of 24", "all-linear", 24, InnerLoopConfig.Logits.WEIGHTED),
          new Case("upper third, every token", upper, 100, InnerLoopConfig.Logits.WEIGHTED),
          new Case("upper third, answers of 24", upper, 24, InnerLoopConfig.Logits.WEIGHTED));
    }
  }

  private AdapterBench(ModelFolder model, Workers workers) {
    this.model = model;
    this.workers = workers;
  }

  /**
   * @param args a model, a log, passes over the texts
   */
  public static void main(String[] args) throws IOException {
    Path log = Path.of(args[1]);
    int passes = Integer.parseInt(args[2]);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try (ModelFolder model = ModelFolder.load(Path.of(args[0]));
        Workers workers = new Workers(1)) {
      AdapterBench bench = new AdapterBench(model, workers);
      for (Case one : Case.all(model.config().layers())) {
        String line = bench.run(one, passes);
        out.println(line);
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
  }

  private String run(Case one, int passes) {
    LoraConfig lora = new LoraConfig(RANK, 2 * RANK, false, new TargetModules(one.targets));
    InnerLoopConfig config =
        new InnerLoopConfig(
            lora,
            BATCH,
            Schedule.CONSTANT,
            0,
            1,
            OptimizerSpec.ADAMW,
            8,
            1,
            InnerLoopConfig.PadTo.STEP,
            one.logits);
    List<TokenSequence> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      texts.add(text(i, one.answer));
    }
    double[] last = new double[1];
    double milliseconds = 0;
    try (SftInnerLoop loop = new SftInnerLoop(model.weights(), config, workers)) {
      for (int epochs : new int[] {1, passes}) { // the first makes the plans
        InnerLoopTask task = new InnerLoopTask(texts, RATE, epochs, Seeds.of(1).child("adapter"));
        long start = CpuClock.process();
        loop.train(
            List.of(task),
            group -> last[0] = Arrays.stream(group.curves().get(0)).reduce((a, b) -> b).orElse(0));
        milliseconds = (CpuClock.process() - start) * 1e-6;
      }
    }
    Checks.require(last[0] > 0, "the inner loop '%s' has no loss", one.name);
    return String.format(Locale.ROOT, "engine\tadapter, %s\t%.1f", one.name, milliseconds);
  }

  /** Ids that the twin makes in the same way. */
  private TokenSequence text(int number, int answer) {
    int[] ids = new int[LENGTH];
    float[] weights = new float[LENGTH];
    Arrays.fill(weights, LENGTH - answer, LENGTH, 1);
    for (int i = 0; i < LENGTH; i++) {
      long mixed = (number * 1000L + i) * 2654435761L + 12345 & 0xFFFFFFFFL;
      ids[i] = (int) ((mixed >> 8) % model.config().vocabSize());
    }
    return new TokenSequence(ids, new int[LENGTH], weights);
  }
}
