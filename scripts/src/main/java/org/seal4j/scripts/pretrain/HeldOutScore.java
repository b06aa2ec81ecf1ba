package org.seal4j.scripts.pretrain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.eval.stats.TaskBootstrap;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Workers;

/**
 * How well a model knows held-out text, beside text it was trained on and the frequencies of single
 * tokens.
 *
 * @param meanNll nats per token
 * @param bitsPerByte bits per byte of text
 * @param results the table: bits per byte as a share of the 8 bits that text takes uncompressed
 */
record HeldOutScore(double meanNll, double bitsPerByte, Results results) {
  private static final int DRAWS = 2000;

  static HeldOutScore of(Weights weights, TextCorpus corpus, int context, Workers workers) {
    List<TokenSequence> windows = corpus.heldOut(context);
    List<TokenSequence> seen = corpus.seen(context);
    double[] model = nll(weights, windows, workers);
    int[] bytes = bytes(corpus, windows);
    double total = Arrays.stream(model).sum();
    Results results =
        new Results(
            "size of a text after compression by the model (bits per byte / 8), windows of "
                + context
                + " tokens; lower is better",
            List.of(
                condition("compressed held-out text", model, bytes),
                condition(
                    "compressed text trained on", nll(weights, seen, workers), bytes(corpus, seen)),
                condition(
                    "held-out text compressed by frequencies of single tokens",
                    unigram(corpus, windows),
                    bytes)),
            List.of());
    return new HeldOutScore(
        total / ((context - 1) * (double) windows.size()),
        total / Math.log(2) / Math.max(1, Arrays.stream(bytes).sum()),
        results);
  }

  private static int[] bytes(TextCorpus corpus, List<TokenSequence> windows) {
    return windows.stream()
        .mapToInt(
            window -> {
              int[] scored = Arrays.copyOfRange(window.ids(), 1, window.length());
              return corpus.tokenizer().decode(scored).getBytes(StandardCharsets.UTF_8).length;
            })
        .toArray();
  }

  private static double[] nll(Weights weights, List<TokenSequence> windows, Workers workers) {
    double[] nll = new double[windows.size()];
    int pieces = Math.min(workers.size(), windows.size());
    workers.run(
        pieces,
        (piece, worker) -> {
          int begin = (int) ((long) windows.size() * piece / pieces);
          int end = (int) ((long) windows.size() * (piece + 1) / pieces);
          try (Scorer scorer = new Scorer(weights, worker)) {
            List<Score> scores = scorer.score(windows.subList(begin, end));
            for (int i = begin; i < end; i++) {
              nll[i] = scores.get(i - begin).total();
            }
          }
        });
    return nll;
  }

  /** Each token at its frequency in the training part, one added to each. */
  private static double[] unigram(TextCorpus corpus, List<TokenSequence> windows) {
    long[] counts = corpus.counts();
    double all = Arrays.stream(counts).sum() + (double) counts.length;
    return windows.stream()
        .mapToDouble(
            window ->
                -Arrays.stream(window.ids())
                    .skip(1)
                    .mapToDouble(id -> Math.log((counts[id] + 1) / all))
                    .sum())
        .toArray();
  }

  private static Condition condition(String name, double[] nll, int[] bytes) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < nll.length; i++) {
      double share = nll[i] / Math.log(2) / Math.max(1, bytes[i]) / 8;
      outcomes.add(new Outcome("window " + i, Math.min(1, share)));
    }
    Estimate mean = new TaskBootstrap(Seeds.of(0).child("held out"), DRAWS, 0.95).mean(outcomes);
    return new Condition(name, mean.value(), nll.length, mean.interval());
  }
}
