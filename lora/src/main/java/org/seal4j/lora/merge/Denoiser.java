package org.seal4j.lora.merge;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;

/**
 * {@link Denoising} over one base: finds the main subspace of a weight when an update of it comes.
 * Not thread-safe.
 */
public final class Denoiser {
  private final Denoising rule;
  private final Weights base;
  private final boolean keeps;
  private final Map<String, MainSubspace> kept = new HashMap<>();
  private int components;
  private int dropped;
  private double squares;
  private double keptSquares;

  private Denoiser(Denoising rule, Weights base, boolean keeps) {
    this.rule = rule;
    this.base = base;
    this.keeps = keeps;
  }

  /** One that keeps the last subspace alone, for adapters that are merged once. */
  public static Denoiser once(Denoising rule, Weights base) {
    return new Denoiser(rule, base, false);
  }

  /**
   * One that keeps the subspaces it has found, for many merges.
   *
   * @param base must not change
   */
  public static Denoiser keeping(Denoising rule, Weights base) {
    return new Denoiser(rule, base, true);
  }

  /**
   * What it has done so far.
   *
   * @param components singular components that it has looked at
   * @param dropped how many of them it dropped
   * @param keptShare share of the squared norm of all updates that stayed, 1 before the first
   */
  public record Tally(int components, int dropped, double keptShare) {}

  /** What stays of an update of this module; the update itself where all of it does. */
  public LowRankUpdate denoised(String module, LowRankUpdate update) {
    MainSubspace main = subspace(module);
    SingularTriplets whole = update.svd();
    SingularTriplets rest =
        whole.where(component -> rule.keeps(main.similarity(component.left(), component.right())));
    components += whole.all().size();
    dropped += whole.all().size() - rest.all().size();
    squares += whole.squaredNorm();
    keptSquares += rest.squaredNorm();
    return rest.all().size() == whole.all().size() ? update : rest.update();
  }

  /** What it has done to all updates so far. */
  public Tally tally() {
    return new Tally(components, dropped, squares == 0 ? 1 : keptSquares / squares);
  }

  MainSubspace subspace(String module) {
    if (!keeps && !kept.containsKey(module)) {
      kept.clear(); // merges go module by module
    }
    return kept.computeIfAbsent(module, this::found);
  }

  private MainSubspace found(String module) {
    INDArray weight = base.get(WeightNames.weight(base.config(), module));
    long shorter = Math.min(weight.size(0), weight.size(1));
    return MainSubspace.of(weight, (int) Math.ceil(rule.share() * shorter));
  }
}
