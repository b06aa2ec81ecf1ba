package org.seal4j.scripts.adapt;

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

  /** Measures some forward passes; the fastest counts, since the first one is compiled. */
  static MachineSpeed of(ModelFolder model, Workers workers) {
    int length = Math.min(TOKENS, model.context());
    float[] weights = new float[length];
    weights[length - 1] = 1;
    TokenSequence sequence = new TokenSequence(new int[length], new int[length], weights);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < PASSES; i++) {
      long start = System.nanoTime();
      workers.run(
          workers.size(),
          (index, worker) -> {
            try (Scorer scorer = new Scorer(model.weights(), worker)) {
              scorer.score(List.of(sequence));
            }
          });
      best = Math.min(best, (System.nanoTime() - start) * 1e-9);
    }
    return new MachineSpeed(workers.size() * length / best);
  }

  double seconds(double tokens) {
    return tokens / tokensPerSecond;
  }
}
