package org.seal4j.scripts.tuning;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.stats.Outcome;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Workers;

/**
 * How well a model knows the answers of some rows.
 *
 * @param lines of the rows
 * @param scores one each
 */
public record Measure(List<Integer> lines, List<Score> scores) {
  public Measure {
    lines = List.copyOf(lines);
    scores = List.copyOf(scores);
  }

  /**
   * Scores every taught token, given all before it.
   *
   * @param bank of the model, with an adapter or without
   * @param parts that are scored side by side: the last bits of an adapter's scores depend on their
   *     number, so that it must not be that of the threads
   */
  public static Measure of(
      Weights weights, LinearBank bank, List<Lesson> lessons, int parts, Workers workers) {
    List<TokenSequence> rows = lessons.stream().map(Lesson::tokens).toList();
    @Nullable Score[] scores = new @Nullable Score[rows.size()];
    int pieces = Math.min(parts, rows.size());
    workers.run(
        pieces,
        (piece, worker) -> {
          // Every so many-th, since rows that stand together are often of like length.
          List<TokenSequence> own = new ArrayList<>();
          for (int i = piece; i < rows.size(); i += pieces) {
            own.add(rows.get(i));
          }
          try (Scorer scorer = new Scorer(weights, bank, worker)) {
            List<Score> scored = scorer.score(own);
            for (int i = 0; i < scored.size(); i++) {
              scores[piece + i * pieces] = scored.get(i);
            }
          }
        });
    List<Score> all = new ArrayList<>();
    for (Score score : scores) {
      all.add(Checks.present(score, "a row was not scored"));
    }
    return new Measure(lessons.stream().map(Lesson::line).toList(), all);
  }

  /** Tokens that were scored. */
  public long tokens() {
    return scores.stream().mapToLong(Score::tokens).sum();
  }

  /** Negative log-likelihood in nats per taught token, all rows together. */
  public double loss() {
    return scores.stream().mapToDouble(Score::total).sum() / tokens();
  }

  /** Share of the taught tokens that are the most likely ones, all rows together. */
  public double right() {
    return scores.stream().mapToLong(Score::right).sum() / (double) tokens();
  }

  /** The same share of each row. */
  public List<Outcome> outcomes() {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Score score = scores.get(i);
      outcomes.add(new Outcome("row " + i, score.right() / (double) score.tokens()));
    }
    return outcomes;
  }
}
