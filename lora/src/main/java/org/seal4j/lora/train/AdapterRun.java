package org.seal4j.lora.train;

import org.seal4j.data.check.Checks;

/**
 * How one adapter is trained on a stream of batches.
 *
 * @param how arithmetic of the adapter, sequences per step, schedule, clipping, optimizer, what
 *     sequences are padded to a multiple of, and of which rows there are logits; groups do not
 *     matter
 * @param learningRate peak learning rate
 * @param steps optimizer steps
 * @param shards parts of a batch whose gradients are computed side by side and added in order; part
 *     of the arithmetic, not of the machine
 * @param tokens most tokens, padding included, that a shard computes at once; a longer sequence
 *     stands alone. Bounds the memory
 */
public record AdapterRun(
    InnerLoopConfig how, double learningRate, long steps, int shards, int tokens) {
  public AdapterRun {
    Checks.require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate must be finite and > 0 but was %s",
        learningRate);
    Checks.require(steps >= 1, "steps must be >= 1 but was %d", steps);
    Checks.require(shards >= 1, "shards must be >= 1 but was %d", shards);
    Checks.require(tokens >= 1, "tokens must be >= 1 but was %d", tokens);
  }

  /** All that decides the bits of a step besides model and data, as text. */
  String text() {
    String usual =
        ("adapter %s; optimizer %s; schedule %s; warmup %d; clip %s; learningRate %s; steps %d;"
                + " batch %d; shards %d; tokens %d; timeMultiple %d; logits %s")
            .formatted(
                how.lora(),
                how.optimizer(),
                how.schedule().name(),
                how.warmup(),
                how.clip(),
                learningRate,
                steps,
                how.batch(),
                shards,
                tokens,
                how.timeMultiple(),
                how.logits());
    return usual + how.memory().text();
  }
}
