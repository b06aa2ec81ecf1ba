package org.seal4j.lora.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Workers;

/**
 * How well a model knows a text.
 *
 * @param tokens tokens that were predicted
 * @param bytes bytes of the text in UTF-8
 * @param meanNll negative natural log-likelihood per token
 * @param perplexity {@code exp(meanNll)}; to be compared between models of one tokenizer only
 * @param bitsPerByte log2-likelihood per byte of text, which does not depend on the tokenizer
 */
public record Perplexity(
    long tokens, long bytes, double meanNll, double perplexity, double bitsPerByte) {

  /**
   * Scores every token of a text once, in windows.
   *
   * @param context tokens of a window
   * @param stride tokens of a window that are scored; those before them are context only. Equal to
   *     {@code context} for windows that do not overlap (fast), smaller for more context per token
   */
  public static Perplexity of(
      TextModel model, String text, int context, int stride, Workers workers) {
    Checks.require(
        context >= 2 && context <= model.folder().context(),
        "--context must be between 2 and the model's %d tokens but was %d",
        model.folder().context(),
        context);
    Checks.require(
        stride >= 1 && stride <= context,
        "--stride must be between 1 and the context of %d tokens but was %d",
        context,
        stride);
    List<TokenSequence> windows = windows(model.encode(text), context, stride);
    Checks.require(
        !windows.isEmpty(), "the text has no token that could be predicted; give a longer one");
    int pieces = Math.min(workers.size(), windows.size());
    double[] nll = new double[windows.size()];
    int[] counts = new int[windows.size()];
    workers.run(
        pieces,
        (piece, worker) -> {
          int begin = (int) ((long) windows.size() * piece / pieces);
          int end = (int) ((long) windows.size() * (piece + 1) / pieces);
          try (Scorer scorer =
              new Scorer(model.folder().weights(), model.scoringLinears(), worker)) {
            List<Score> scores = scorer.score(windows.subList(begin, end));
            for (int i = begin; i < end; i++) {
              nll[i] = scores.get(i - begin).total();
              counts[i] = scores.get(i - begin).tokens();
            }
          }
        });
    double total = Arrays.stream(nll).sum();
    long tokens = Arrays.stream(counts).asLongStream().sum();
    long bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return new Perplexity(
        tokens, bytes, total / tokens, Math.exp(total / tokens), total / Math.log(2) / bytes);
  }

  /** Windows in which each token but the very first has a weight once. */
  static List<TokenSequence> windows(int[] ids, int context, int stride) {
    List<TokenSequence> windows = new ArrayList<>();
    int scored = 1;
    while (scored < ids.length) {
      // The first window scores all it holds; later ones see at least one token before the scored.
      int step = scored == 1 ? context - 1 : Math.min(stride, context - 1);
      int end = Math.min(ids.length, scored + step);
      int begin = Math.max(0, end - context);
      float[] weights = new float[end - begin];
      Arrays.fill(weights, scored - begin, end - begin, 1);
      windows.add(
          new TokenSequence(Arrays.copyOfRange(ids, begin, end), new int[end - begin], weights));
      scored = end;
    }
    return windows;
  }
}
