package org.seal4j.scripts.corpus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.continual.Fisher;
import org.seal4j.lora.continual.PenalizedInnerLoop;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.io.Merge;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.merge.Denoiser;
import org.seal4j.lora.merge.Denoising;
import org.seal4j.lora.merge.LinearMerge;
import org.seal4j.lora.merge.NormAnchoredMerge;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.scripts.corpus.SequenceMethod.Merging;

/**
 * A model of its own weights, on one thread, that takes in one adapter after another. What an
 * adapter is stored as is what is merged, so that the weights after so many of them can be made
 * again.
 */
final class SequenceModel implements AutoCloseable {
  private final Weights start;
  private final Weights weights;
  private final Denoising denoising;
  private final PenalizedInnerLoop loop;
  private final Fisher fisher;
  private @Nullable Denoiser denoiser;

  /**
   * @param start never changed
   * @param denoising what {@link Merging#DENOISED} drops
   */
  SequenceModel(Weights start, InnerLoopConfig inner, Denoising denoising, Worker worker) {
    this.start = start;
    this.denoising = denoising;
    weights = start.copy();
    loop = new PenalizedInnerLoop(weights, inner, worker);
    fisher = new Fisher(weights, loop.bank().factors().keySet(), worker);
  }

  /** The weights before the first passage. */
  void restart() {
    weights.copyFrom(start);
  }

  /** Trains an adapter over the model as it is now; gives the loss of every step. */
  double[] train(InnerLoopTask task, List<? extends Penalty> penalties, String what) {
    double[] losses = loop.train(task, penalties);
    AdapterStore.requireSound(loop.bank(), 0, what);
    return losses;
  }

  /** Does something with what is kept of the adapter of the last training. */
  <T> T kept(Merging merging, Function<AdapterBank, T> use) {
    if (merging != Merging.DENOISED) {
      return use.apply(loop.bank());
    }
    AdapterMerge.Part trained = new AdapterMerge.Part(loop.bank(), 0, 1);
    try (AdapterBank rest =
        new AdapterMerge(new LinearMerge(), OptionalInt.empty(), Optional.of(denoiser()))
            .adapter(start, List.of(trained))) {
      return use.apply(rest);
    }
  }

  private Denoiser denoiser() {
    Denoiser made = denoiser == null ? Denoiser.keeping(denoising, start) : denoiser;
    denoiser = made;
    return made;
  }

  /** Merges an adapter into the model for good. */
  void merge(AdapterBank bank, Merging merging) {
    into(weights, bank, merging).close();
  }

  /**
   * Merges an adapter into weights.
   *
   * @return the merge, which can be undone
   */
  static MergedAdapter into(Weights weights, AdapterBank bank, Merging merging) {
    return merging == Merging.NORM_ANCHORED
        ? AdapterMerge.by(new NormAnchoredMerge())
            .into(weights, List.of(new AdapterMerge.Part(bank, 0, 1)))
        : Merge.merge(weights, bank, 0);
  }

  /** How much these rows depend on each adapted weight of the model as it is now, by module. */
  Map<String, float[]> fisher(List<TokenSequence> rows) {
    return fisher.of(
        rows.stream()
            .map(row -> new TokenSequence(row.ids(), row.positions(), row.weights()))
            .toList());
  }

  @Override
  public void close() {
    fisher.close();
    loop.close();
    weights.close();
  }
}
