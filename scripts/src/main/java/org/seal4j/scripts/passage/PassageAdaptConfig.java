package org.seal4j.scripts.passage;

import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.passage.TrainingSequences;

/**
 * The inner loop: how a self-edit becomes adapters, and how they are examined.
 *
 * @param texts how a completion becomes training texts
 * @param rank of the adapters
 * @param alpha numerator of the adapters' scaling
 * @param targetModules which linears get an adapter
 * @param batch texts per step
 * @param learningRate peak rate
 * @param epochs passes over the texts
 * @param schedule shape of the learning rate
 * @param warmup steps of linear warm-up
 * @param clip largest norm of an adapter's gradient
 * @param repeats independent trainings per edit; the reward is their mean
 * @param commonRandomNumbers whether all edits of a passage share initial values and data order
 * @param maxAnswerTokens longest answer
 * @param timeMultiple texts are padded to a multiple of this many tokens
 * @param adaptersPerGroup adapters that ride side by side in one graph; results do not depend on it
 * @param padTo what texts are padded to, beyond {@code timeMultiple}: the longest of the step, with
 *     one adapter per group, or of the task
 */
public record PassageAdaptConfig(
    TrainingSequences texts,
    int rank,
    double alpha,
    String targetModules,
    int batch,
    double learningRate,
    int epochs,
    Schedule schedule,
    int warmup,
    double clip,
    int repeats,
    boolean commonRandomNumbers,
    int maxAnswerTokens,
    int timeMultiple,
    int adaptersPerGroup,
    InnerLoopConfig.PadTo padTo) {

  public PassageAdaptConfig {
    Checks.require(repeats >= 1, "adapt.repeats must be >= 1 but was %d", repeats);
    Checks.require(
        maxAnswerTokens >= 1, "adapt.maxAnswerTokens must be >= 1 but was %d", maxAnswerTokens);
  }

  /** How often an edit is trained, and with which random numbers. */
  Trials trials(Seeds seeds) {
    return commonRandomNumbers ? Trials.common(repeats, seeds) : Trials.independent(repeats);
  }

  /** The same for the inner loop. */
  InnerLoopConfig innerLoop() {
    return new InnerLoopConfig(
        new LoraConfig(rank, alpha, false, new TargetModules(targetModules)),
        batch,
        schedule,
        warmup,
        clip,
        AdamWConfig.defaults(),
        timeMultiple,
        adaptersPerGroup,
        padTo);
  }
}
