package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SftInnerLoop;

/** Trains one adapter and merges it: the M-step of every domain. */
public final class AdapterFit {
  private AdapterFit() {}

  /**
   * How an M-step is done.
   *
   * @param adapter arithmetic, batch, schedule and clipping
   * @param learningRate peak learning rate
   * @param epochs passes over the data
   */
  public record Config(InnerLoopConfig adapter, double learningRate, int epochs) {
    public Config {
      Checks.require(learningRate > 0, "learningRate must be > 0 but was %s", learningRate);
      Checks.require(epochs >= 1, "epochs must be >= 1 but was %d", epochs);
    }
  }

  /**
   * Changes the weights of the model in place.
   *
   * @param sequences with the selection's weight as their loss weights
   * @return loss of each optimizer step
   */
  public static List<Double> merge(
      SharedModel model, Config config, List<TokenSequence> sequences, Seeds seeds) {
    InnerLoopTask task = new InnerLoopTask(sequences, config.learningRate, config.epochs, seeds);
    List<Double> losses = new ArrayList<>();
    try (SftInnerLoop loop = new SftInnerLoop(model.weights(), config.adapter, model.workers())) {
      loop.train(
          List.of(task),
          group -> {
            Arrays.stream(group.curves().get(0)).forEach(losses::add);
            Merge.merge(model.weights(), group.bank(), 0).close();
          });
    }
    return losses;
  }
}
