package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.generate.KvCache;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.train.Trainer;
import org.seal4j.rl.inner.AdapterFit;

/**
 * Trains one model on the texts of many passages at once (docs/seal.md §2.8) and asks it about all
 * of them.
 */
public final class ContinuedPretraining {
  private static final int PASSAGES_AT_ONCE = 8;

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
   * Trains an adapter on a stream, one pass, and merges it into the model's weights.
   *
   * @return loss of each step
   */
  public static List<Double> lora(
      PassageModel model,
      InnerLoopConfig config,
      double learningRate,
      List<TokenSequence> stream,
      Seeds seeds) {
    return AdapterFit.merge(
        model.weights(),
        model.workers(),
        new AdapterFit.Config(config, learningRate, 1),
        stream,
        seeds);
  }

  /**
   * Trains all weights of the model on a stream, in its order.
   *
   * @param config with as many steps times batch as the stream has sequences
   * @param done hears of each finished step
   * @return loss of each step
   */
  public static List<Double> full(
      PassageModel model, TrainConfig config, List<TokenSequence> stream, LongConsumer done) {
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

  /** Asks the questions of passages, without the passages. */
  public static List<Answered> ask(
      PassageModel model, AnswerGrader grader, int maxAnswerTokens, List<Passage> passages) {
    @Nullable Answered[] answered = new @Nullable Answered[passages.size()];
    int pieces = (passages.size() + PASSAGES_AT_ONCE - 1) / PASSAGES_AT_ONCE;
    model
        .workers()
        .run(
            pieces,
            (p, worker) -> {
              int from = p * PASSAGES_AT_ONCE;
              int to = Math.min(from + PASSAGES_AT_ONCE, passages.size());
              List<Passage> part = passages.subList(from, to);
              LinearBank base = LinearBank.base(model.weights());
              try (KvCache cache = new KvCache(model.weights().config());
                  PassageExaminer examiner =
                      new PassageExaminer(model, grader, maxAnswerTokens, base, worker, cache)) {
                List<Answered> results = examiner.answer(part);
                for (int i = 0; i < results.size(); i++) {
                  answered[from + i] = results.get(i);
                }
              }
            });
    return Collections.unmodifiableList(
        Arrays.stream(answered).map(Objects::requireNonNull).toList());
  }
}
