package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;

/** Trains one model on many texts at once (docs/seal.md §2.8). */
public final class ContinuedPretraining {
  private ContinuedPretraining() {}

  /**
   * Texts as a stream of so many sequences: shuffled passes over all of them, one after another.
   *
   * @param documents the texts as tokens
   * @param count length of the stream; the last pass may break off
   */
  public static List<TokenSequence> stream(List<TokenSequence> documents, int count, Seeds seeds) {
    Checks.require(!documents.isEmpty(), "continued pretraining needs at least one text");
    List<TokenSequence> stream = new ArrayList<>(count);
    for (int pass = 0; stream.size() < count; pass++) {
      for (int i : seeds.child("pass", pass).rng().permutation(documents.size())) {
        if (stream.size() < count) {
          stream.add(documents.get(i));
        }
      }
    }
    return stream;
  }

  /**
   * Trains all weights of the model on a stream, in its order. ({@link AdapterFit#merge} trains an
   * adapter instead.)
   *
   * @param config with as many steps times batch as the stream has sequences
   * @param done hears of each finished step
   * @return loss of each step
   */
  public static List<Double> full(
      SharedModel model, TrainConfig config, List<TokenSequence> stream, LongConsumer done) {
    int time = stream.stream().mapToInt(s -> Math.max(1, s.length() - 1)).max().orElse(1);
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = new Trainer(model.weights(), config, time, model.workers())) {
      for (int from = 0; from < stream.size(); from += config.batch()) {
        losses.add(trainer.train(stream.subList(from, from + config.batch())));
        done.accept(trainer.step());
      }
    }
    return losses;
  }
}
