package org.seal4j.scripts.corpus;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.rl.keys.InnerKeys;
import org.seal4j.rl.keys.LoraKeys;

/**
 * One adapter for all passages. It takes as many steps as their own adapters together, in the
 * modules and with the scaling of those.
 *
 * @param rank of that adapter
 * @param learningRate peak rate; null for {@code inner.learningRate}
 */
public record TogetherKeys(int rank, @Nullable Double learningRate) {
  public TogetherKeys {
    Checks.require(rank >= 1, "together.rank must be >= 1 but was %d", rank);
    Checks.require(
        learningRate == null || (learningRate > 0 && Double.isFinite(learningRate)),
        "together.learningRate must be finite and > 0 but was %s",
        String.valueOf(learningRate));
  }

  /** How it is trained. */
  InnerLoopConfig config(InnerKeys inner) {
    LoraKeys own = inner.lora();
    LoraKeys wider = new LoraKeys(rank, own.alpha() / own.rank() * rank, own.targetModules());
    return new InnerKeys(
            wider,
            inner.learningRate(),
            inner.epochs(),
            inner.batch(),
            inner.optimizer(),
            inner.schedule(),
            inner.warmup(),
            inner.clip(),
            inner.trials(),
            inner.groups(),
            inner.memory())
        .config();
  }

  double rate(InnerKeys inner) {
    return learningRate == null ? inner.rate() : learningRate;
  }
}
