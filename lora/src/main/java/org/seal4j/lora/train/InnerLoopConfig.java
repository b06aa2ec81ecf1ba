package org.seal4j.lora.train;

import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;

/**
 * What all adapters of an inner loop have in common.
 *
 * @param lora arithmetic of the adapters
 * @param batch sequences per optimizer step and adapter
 * @param schedule shape of the learning rate over an adapter's own steps
 * @param warmup steps of linear warm-up
 * @param clip largest norm of one adapter's gradient
 * @param optimizer update of the adapters: {@code adamw}, or another by its name
 * @param timeMultiple sequences are padded to a multiple of this many tokens; padding has weight 0,
 *     but past some hundred rows BLAS may sum a gradient in other blocks, and so in other last
 *     bits, for another padded length
 * @param adaptersPerGroup most adapters that are trained in one graph; 1 with {@link PadTo#STEP}
 * @param padTo what sequences are padded to
 * @param logits of which rows there are logits; {@link Logits#WEIGHTED} with groups of 1 alone
 * @param memory how a step trades time for memory
 */
public record InnerLoopConfig(
    LoraConfig lora,
    int batch,
    Schedule schedule,
    int warmup,
    double clip,
    OptimizerSpec optimizer,
    int timeMultiple,
    int adaptersPerGroup,
    PadTo padTo,
    Logits logits,
    StepMemory memory) {
  public InnerLoopConfig {
    Checks.require(batch >= 1, "batch must be >= 1 but was %d", batch);
    Checks.require(warmup >= 0, "warmup must be >= 0 but was %d", warmup);
    Checks.require(clip > 0, "clip must be > 0 but was %s; use 1e9 to switch it off", clip);
    Checks.require(timeMultiple >= 1, "timeMultiple must be >= 1 but was %d", timeMultiple);
    Checks.require(
        adaptersPerGroup >= 1, "a group must have >= 1 adapters but has %d", adaptersPerGroup);
    Checks.require(
        padTo == PadTo.TASK || adaptersPerGroup == 1,
        "padTo is step, but a group has %d adapters, which have their long texts in different"
            + " steps; use padTo: task, or groups of one adapter",
        adaptersPerGroup);
    Checks.require(
        logits == Logits.ALL || adaptersPerGroup == 1,
        "logits is weighted, but a group has %d adapters, which have other rows with a loss; use"
            + " logits: all, or groups of one adapter",
        adaptersPerGroup);
  }

  /** The same with a whole batch at once. */
  public InnerLoopConfig(
      LoraConfig lora,
      int batch,
      Schedule schedule,
      int warmup,
      double clip,
      OptimizerSpec optimizer,
      int timeMultiple,
      int adaptersPerGroup,
      PadTo padTo,
      Logits logits) {
    this(
        lora,
        batch,
        schedule,
        warmup,
        clip,
        optimizer,
        timeMultiple,
        adaptersPerGroup,
        padTo,
        logits,
        StepMemory.unbounded());
  }

  /** The same with sequences padded to the longest of their task, and logits of every row. */
  public InnerLoopConfig(
      LoraConfig lora,
      int batch,
      Schedule schedule,
      int warmup,
      double clip,
      OptimizerSpec optimizer,
      int timeMultiple,
      int adaptersPerGroup) {
    this(
        lora,
        batch,
        schedule,
        warmup,
        clip,
        optimizer,
        timeMultiple,
        adaptersPerGroup,
        PadTo.TASK,
        Logits.ALL);
  }

  /** The same with another number of sequences per step. */
  public InnerLoopConfig withBatch(int other) {
    return with(other, adaptersPerGroup, memory);
  }

  /** The same with another most of adapters in one graph, which changes no result. */
  public InnerLoopConfig withAdaptersPerGroup(int other) {
    return with(batch, other, memory);
  }

  /** The same with another way to trade time for memory. */
  public InnerLoopConfig with(StepMemory other) {
    return with(batch, adaptersPerGroup, other);
  }

  private InnerLoopConfig with(int otherBatch, int otherGroup, StepMemory otherMemory) {
    return new InnerLoopConfig(
        lora,
        otherBatch,
        schedule,
        warmup,
        clip,
        optimizer,
        timeMultiple,
        otherGroup,
        padTo,
        logits,
        otherMemory);
  }

  /** What the sequences of a step are padded to; past that, to {@code timeMultiple}. */
  public enum PadTo {
    /** The longest sequence of the task: one shape for all of its steps. */
    TASK,
    /** The longest sequence of the step: cheaper where lengths differ, as lines and passages do. */
    STEP
  }

  /** The rows of a step of which there are logits. */
  public enum Logits {
    /** All rows. */
    ALL,
    /**
     * Those whose token has a loss: cheaper with many ids, where answers are short. An adapter may
     * differ in its last bits from one trained with all.
     */
    WEIGHTED
  }

  /** All that decides the bits of an adapter but for its task, as a checkpoint says it. */
  String text() {
    String usual =
        ("adapter %s; optimizer %s; schedule %s; warmup %d; clip %s; batch %d; timeMultiple %d;"
                + " padTo %s; logits %s")
            .formatted(
                lora, optimizer, schedule.name(), warmup, clip, batch, timeMultiple, padTo, logits);
    return usual + memory.text();
  }

  /** Most sequences that an adapter computes at once. */
  public int piece() {
    return memory.size(batch);
  }

  /** Padded length of a step, or a piece of one, of this task that trains on these sequences. */
  public int time(InnerLoopTask task, List<TokenSequence> step) {
    return switch (padTo) {
      case TASK -> padded(task.longest());
      case STEP -> padded(InnerLoopTask.longest(step));
    };
  }

  /** This many tokens with padding. */
  int padded(int tokens) {
    return Math.toIntExact(((long) tokens + timeMultiple - 1) / timeMultiple * timeMultiple);
  }
}
