package org.seal4j.rl.keys;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.StepMemory;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.Trials;

/**
 * The training of an adapter: of one per self-edit ({@code inner}), or of the policy's own on the
 * selected self-edits, merged afterwards ({@code learn}).
 *
 * @param lora arithmetic of the adapter
 * @param learningRate peak rate; null where the self-edit chooses it
 * @param epochs passes over the data; null where the self-edit chooses them
 * @param batch sequences per optimizer step
 * @param optimizer update of the adapter; null for {@code adamw}
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of an adapter's gradient
 * @param trials how often each self-edit is trained; null for once
 * @param groups how adapters share a batch; null for one by one
 * @param memory how a step trades time for memory; null for a whole batch at once
 */
public record InnerKeys(
    LoraKeys lora,
    @Nullable Double learningRate,
    @Nullable Integer epochs,
    int batch,
    @Nullable OptimizerSpec optimizer,
    Schedule schedule,
    int warmup,
    double clip,
    @Nullable TrialKeys trials,
    @Nullable GroupKeys groups,
    @Nullable MemoryKeys memory) {
  /**
   * Independent trainings of one self-edit; the reward is their mean.
   *
   * @param count trainings per self-edit (SEAL: 3 in rounds)
   * @param commonRandomNumbers whether all self-edits of a context share the adapters' initial
   *     values and the order of the data, so that their differences are less noisy
   */
  public record TrialKeys(int count, boolean commonRandomNumbers) {
    public TrialKeys {
      Checks.require(count >= 1, "count must be >= 1 but was %d", count);
    }
  }

  /**
   * How adapters share a batch and how far sequences are padded. Affects speed; results do not
   * depend on {@code size}.
   *
   * @param size adapters trained in one graph
   * @param timeMultiple sequences are padded to a multiple of this many tokens
   * @param padTo what sequences are padded to beyond that: the longest of the step (with size 1),
   *     or of the task
   * @param logits rows of which there are logits: {@code all}, or with size 1 those alone that have
   *     a loss, {@code weighted}, which is cheaper where a model has many ids; null for all
   */
  public record GroupKeys(
      int size,
      int timeMultiple,
      InnerLoopConfig.PadTo padTo,
      InnerLoopConfig.@Nullable Logits logits) {}

  /**
   * How a step trades time for memory.
   *
   * @param pieces parts of a batch that are computed one after the other and whose gradients are
   *     added (gradient accumulation); null for 1
   * @param recompute layers of which only the input of the first is kept for the backward pass,
   *     which computes the rest again (activation checkpointing): 1 for each layer by itself; null
   *     or 0 to keep everything
   */
  public record MemoryKeys(@Nullable Integer pieces, @Nullable Integer recompute) {
    public MemoryKeys {
      step(pieces, recompute);
    }

    StepMemory step() {
      return step(pieces, recompute);
    }

    private static StepMemory step(@Nullable Integer pieces, @Nullable Integer recompute) {
      return new StepMemory(pieces == null ? 1 : pieces, recompute == null ? 0 : recompute);
    }
  }

  private static final GroupKeys ONE_BY_ONE = new GroupKeys(1, 8, InnerLoopConfig.PadTo.TASK, null);

  public InnerKeys {
    config(lora, batch, update(optimizer), schedule, warmup, clip, groups);
  }

  /** The same with a whole batch at once. */
  public InnerKeys(
      LoraKeys lora,
      @Nullable Double learningRate,
      @Nullable Integer epochs,
      int batch,
      @Nullable OptimizerSpec optimizer,
      Schedule schedule,
      int warmup,
      double clip,
      @Nullable TrialKeys trials,
      @Nullable GroupKeys groups) {
    this(
        lora, learningRate, epochs, batch, optimizer, schedule, warmup, clip, trials, groups, null);
  }

  /** The same for the inner loop. */
  public InnerLoopConfig config() {
    InnerLoopConfig whole = config(lora, batch, update(), schedule, warmup, clip, groups);
    return memory == null ? whole : whole.with(memory.step());
  }

  /** The optimizer, which is AdamW where none is named. */
  public OptimizerSpec update() {
    return update(optimizer);
  }

  private static OptimizerSpec update(@Nullable OptimizerSpec named) {
    return named == null ? OptimizerSpec.ADAMW : named;
  }

  private static InnerLoopConfig config(
      LoraKeys lora,
      int batch,
      OptimizerSpec optimizer,
      Schedule schedule,
      int warmup,
      double clip,
      @Nullable GroupKeys groups) {
    GroupKeys shared = groups == null ? ONE_BY_ONE : groups;
    return new InnerLoopConfig(
        lora.config(),
        batch,
        schedule,
        warmup,
        clip,
        optimizer,
        shared.timeMultiple,
        shared.size,
        shared.padTo,
        shared.logits == null ? InnerLoopConfig.Logits.ALL : shared.logits);
  }

  /** Peak rate of the inner loop, in a recipe that fixes it. */
  public double rate() {
    double rate = fixed("inner.learningRate", learningRate);
    Checks.require(
        rate > 0 && Double.isFinite(rate), "learningRate must be finite and > 0 but was %s", rate);
    return rate;
  }

  /** Passes of the inner loop over its data, in a recipe that fixes them. */
  public int passes() {
    return fixed("inner.epochs", epochs);
  }

  /** The same as {@code learn}: a training whose adapter is merged. */
  public AdapterFit.Config fit() {
    return new AdapterFit.Config(
        config(), fixed("learn.learningRate", learningRate), fixed("learn.epochs", epochs));
  }

  private static <T> T fixed(String key, @Nullable T value) {
    return Checks.present(value, "%s is missing: no self-edit chooses it here", key);
  }

  /**
   * How often a self-edit is trained, and with which random numbers.
   *
   * @param seeds of those that self-edits have in common
   */
  public Trials trials(Seeds seeds) {
    return trials == null
        ? Trials.once()
        : trials.commonRandomNumbers
            ? Trials.common(trials.count, seeds)
            : Trials.independent(trials.count);
  }
}
