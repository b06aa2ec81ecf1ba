package org.seal4j.model.train;

import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.model.kernel.OptimizerKernels;

/**
 * AdamW (Loshchilov and Hutter 2019).
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root of the second moment
 * @param weightDecay decoupled weight decay, times the learning rate
 */
public record AdamWConfig(double beta1, double beta2, double eps, double weightDecay) {
  public AdamWConfig {
    Checks.require(beta1 >= 0 && beta1 < 1, "adamW.beta1 must be in [0, 1) but was %s", beta1);
    Checks.require(beta2 >= 0 && beta2 < 1, "adamW.beta2 must be in [0, 1) but was %s", beta2);
    Checks.require(eps > 0, "adamW.eps must be > 0 but was %s", eps);
    Checks.require(weightDecay >= 0, "adamW.weightDecay must be >= 0 but was %s", weightDecay);
  }

  /** The numbers of one update, see {@link OptimizerKernels.Adam}. */
  public OptimizerKernels.Adam at(double rate, long step, double gradientScale) {
    return new OptimizerKernels.Adam(rate, beta1, beta2, eps, weightDecay, step, gradientScale);
  }

  /** PyTorch's defaults without weight decay, which SEAL's trainers use. */
  public static AdamWConfig defaults() {
    return new AdamWConfig(0.9, 0.999, 1e-8, 0);
  }

  /** The same as options of the optimizer {@code adamw}. */
  Map<String, Double> options() {
    return Map.of("beta1", beta1, "beta2", beta2, "eps", eps, "weightDecay", weightDecay);
  }

  /** The numbers of these options; what is missing has its default. */
  static AdamWConfig of(Map<String, Double> options) {
    Map<String, Double> defaults = defaults().options();
    double[] n =
        Stream.of("beta1", "beta2", "eps", "weightDecay")
            .mapToDouble(key -> options.getOrDefault(key, defaults.get(key)))
            .toArray();
    return new AdamWConfig(n[0], n[1], n[2], n[3]);
  }

  /** Part of the key by which pretrained models lie in the cache: these words never change. */
  public String cacheKey() {
    return "AdamWConfig[beta1=%s, beta2=%s, eps=%s, weightDecay=%s]"
        .formatted(beta1, beta2, eps, weightDecay);
  }
}
