package org.seal4j.lora.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;
import org.seal4j.model.plan.Worker;

/**
 * Tells that an adapter that was loaded does what it did when it was made: a fixed sentence costs
 * as much with it, in nats per token.
 */
public final class AdapterCanary {
  private static final String SENTENCE =
      "The quick brown fox jumps over the lazy dog, and the documents say what comes after that.";

  /** Rounding between machines whose kernels add in another order. */
  private static final double ROUNDING = 1e-3;

  private AdapterCanary() {}

  /** The cost with an adapter. */
  public static double of(Weights weights, AdapterBank bank, Tokenizer tokenizer, Worker worker) {
    return of(weights, new LoraBank(weights, bank, 1), tokenizer, worker);
  }

  /** The cost with the model as it is. */
  public static double of(Weights weights, Tokenizer tokenizer, Worker worker) {
    return of(weights, LinearBank.base(weights), tokenizer, worker);
  }

  private static double of(Weights weights, LinearBank bank, Tokenizer tokenizer, Worker worker) {
    int[] ids = tokenizer.ignoringSpecials().encode(SENTENCE);
    float[] asked = new float[ids.length];
    Arrays.fill(asked, 1, asked.length, 1f);
    try (Scorer scorer = new Scorer(weights, bank, worker)) {
      Score score =
          scorer.score(List.of(new TokenSequence(ids, new int[ids.length], asked))).get(0);
      return score.total() / score.tokens();
    }
  }

  /** Refuses an adapter with which the sentence costs something else than when it was made. */
  static void require(BundleEntry entry, double found) {
    Checks.require(
        Math.abs(found - entry.canary()) <= ROUNDING * Math.max(1, Math.abs(entry.canary())),
        "the adapter %s does not do what it did when it was made: a sentence costs %s nats per token"
            + " instead of %s; the model, the adapter or the program is another one",
        entry.pinned(),
        String.format(Locale.ROOT, "%.4f", found),
        String.format(Locale.ROOT, "%.4f", entry.canary()));
  }
}
