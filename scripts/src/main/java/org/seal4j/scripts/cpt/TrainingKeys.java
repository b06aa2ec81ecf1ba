package org.seal4j.scripts.cpt;

import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.rl.keys.InnerKeys;

/**
 * How long the model is trained, and how in all weights. All texts and both methods get the same
 * number of steps on batches of the same size ({@code inner.batch}), so that more text is not also
 * more training.
 *
 * @param steps optimizer steps
 * @param shards of full fine-tuning: equal parts of a batch computed on threads of their own
 * @param fullLearningRate of full fine-tuning: peak rate on all weights; that of the adapter is
 *     {@code inner.learningRate}
 */
public record TrainingKeys(int steps, int shards, double fullLearningRate) {
  /** A text of the stream is in it again and again: a reference each time. */
  private static final double BYTES_PER_TEXT = 8;

  /** A boxed number in a list. */
  private static final double BYTES_PER_LOSS = 20;

  private static final int LONGEST = Integer.MAX_VALUE - 8;

  public TrainingKeys {
    Checks.require(steps >= 1, "training.steps must be >= 1 but was %d", steps);
  }

  /** Refuses more steps than the heap has room for. */
  void requireMemory(InnerKeys inner) {
    double texts = (double) steps * inner.batch();
    new MemoryNeed(BYTES_PER_TEXT * texts + BYTES_PER_LOSS * steps)
        .requireHeap(
            String.format(
                Locale.ROOT, "the %,.0f texts of training.steps %,d would", texts, steps));
    Checks.require(
        texts <= LONGEST,
        "training.steps %d times inner.batch %d are %.0f texts, but a list holds at most %d",
        steps,
        inner.batch(),
        texts,
        LONGEST);
  }

  /**
   * The trainer's numbers for all weights; optimizer, schedule, warm-up and clipping are the
   * adapter's.
   */
  TrainConfig full(InnerKeys inner) {
    return new TrainConfig(
        steps,
        inner.batch(),
        shards,
        inner.update(),
        fullLearningRate,
        fullLearningRate,
        inner.schedule(),
        inner.warmup(),
        inner.clip(),
        AdamWConfig.defaults());
  }
}
