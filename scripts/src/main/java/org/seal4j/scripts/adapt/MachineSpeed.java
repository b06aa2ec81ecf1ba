package org.seal4j.scripts.adapt;

import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;

/**
 * How fast this machine computes a model: what turns an {@link Effort} into a time. It is only said
 * or planned with; nothing that a run writes depends on it.
 *
 * @param tokensPerSecond tokens of a forward pass on all threads together
 */
public record MachineSpeed(double tokensPerSecond) {
  private static final int TOKENS = 64;
  private static final int PASSES = 3;
  private static final int MOST_PASSES = 300;
  private static final double ENOUGH_SECONDS = 1.5;

  /**
   * Measures some forward passes; the fastest counts, since the first ones are compiled: three of a
   * large model, more of a small one.
   */
  static MachineSpeed of(ModelFolder model, Workers workers) {
    int length = Math.min(TOKENS, model.context());
    float[] weights = new float[length];
    weights[length - 1] = 1;
    TokenSequence sequence = new TokenSequence(new int[length], new int[length], weights);
    double best = Double.MAX_VALUE;
    long begin = System.nanoTime();
    for (int i = 0; i < PASSES || (i < MOST_PASSES && seconds(begin) < ENOUGH_SECONDS); i++) {
      double[] took = new double[workers.size()];
      workers.run(
          took.length,
          (index, worker) -> {
            try (Scorer scorer = new Scorer(model.weights(), worker)) {
              scorer.score(List.of(sequence)); // makes the plan
              long start = System.nanoTime();
              scorer.score(List.of(sequence));
              took[index] = seconds(start);
            }
          });
      best = Math.min(best, Arrays.stream(took).max().orElseThrow());
    }
    return new MachineSpeed(workers.size() * length / best);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) * 1e-9;
  }

  double seconds(double tokens) {
    return tokens / tokensPerSecond;
  }
}
