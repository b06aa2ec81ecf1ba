package org.seal4j.lora.train;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.RandomSequences;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.TinyModels;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/** Inner loops that differ in everything in which they may differ. */
final class TinyTasks {
  static final LoraConfig LORA = new LoraConfig(3, 6, false, TargetModules.allLinearAndHead());

  /** Root of what the tasks are; printed by the laws for replay. */
  static final long SEED = Long.getLong("seal.test.seed", 11);

  private TinyTasks() {}

  /** What came out of one task: the adapter's bits and its training losses. */
  @SuppressWarnings("ArrayRecordComponent")
  record Outcome(byte[] adapter, double[] curve) {}

  static InnerLoopConfig config(int adaptersPerGroup, int timeMultiple) {
    return new InnerLoopConfig(
        LORA, 2, Schedule.COSINE, 1, 0.5, OptimizerSpec.ADAMW, timeMultiple, adaptersPerGroup);
  }

  /** One adapter at a time, padded to the longest sequence of each step. */
  static InnerLoopConfig perStep(int timeMultiple) {
    InnerLoopConfig config = config(1, timeMultiple);
    return new InnerLoopConfig(
        LORA,
        config.batch(),
        config.schedule(),
        config.warmup(),
        config.clip(),
        config.optimizer(),
        timeMultiple,
        1,
        InnerLoopConfig.PadTo.STEP,
        InnerLoopConfig.Logits.ALL);
  }

  /** Sequences of between {@code shortest} and {@code longest} tokens, some without loss. */
  static List<TokenSequence> sequences(int count, int shortest, int longest, Seeds seeds) {
    return RandomSequences.of(
        count, TinyModels.CONFIG.vocabSize(), shortest, longest, seeds.child("tokens").rng());
  }

  /** Nine tasks of two padded lengths, with one to five sequences and one to three epochs each. */
  static List<InnerLoopTask> different() {
    List<InnerLoopTask> tasks = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Seeds seeds = Seeds.of(SEED).child("task", i);
      int longest = i % 4 == 3 ? 13 : 9;
      List<TokenSequence> data = sequences(1 + i * 2 % 5, longest - 2, longest, seeds);
      double rate = (1 + i) * 2e-3;
      tasks.add(new InnerLoopTask(data, rate, 1 + i % 3, seeds));
    }
    return tasks;
  }

  /** Trains and returns what came out, in the order of the tasks. */
  static List<Outcome> train(
      Weights weights, List<InnerLoopTask> tasks, InnerLoopConfig config, int threads) {
    try (Workers workers = new Workers(threads)) {
      return train(weights, tasks, config, workers);
    }
  }

  /** The same on given threads and their engine. */
  static List<Outcome> train(
      Weights weights, List<InnerLoopTask> tasks, InnerLoopConfig config, Workers workers) {
    TreeMap<Integer, Outcome> outcomes = new TreeMap<>();
    try (SftInnerLoop loop = new SftInnerLoop(weights, config, workers)) {
      loop.train(
          tasks,
          group -> {
            for (int i = 0; i < group.tasks().length; i++) {
              byte[] bytes = TinyModels.bytes(TinyModels.single(group.bank(), i));
              synchronized (outcomes) {
                outcomes.put(group.tasks()[i], new Outcome(bytes, group.curves().get(i)));
              }
            }
          });
    }
    return List.copyOf(outcomes.values());
  }
}
