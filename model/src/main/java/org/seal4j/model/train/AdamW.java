package org.seal4j.model.train;

import java.nio.FloatBuffer;
import java.util.Map;
import org.seal4j.model.kernel.OptimizerKernels;

/** AdamW on one array. */
final class AdamW implements Optimizer {
  private static final String FIRST = "m";
  private static final String SECOND = "v";

  private final AdamWConfig config;
  private final Map<String, long[]> state;

  AdamW(long[] shape, AdamWConfig config) {
    this.config = config;
    state = Map.of(FIRST, shape, SECOND, shape);
  }

  @Override
  public Map<String, long[]> state() {
    return state;
  }

  @Override
  public void update(WeightUpdate u) {
    var numbers =
        new OptimizerKernels.Adam(
            u.rate(),
            config.beta1(),
            config.beta2(),
            config.eps(),
            config.weightDecay(),
            u.step(),
            u.gradientScale());
    FloatBuffer[] arrays = {u.weight(), u.rawGradient(), u.state(FIRST), u.state(SECOND)};
    OptimizerKernels.adam(arrays, numbers, u.scratch());
  }

  /** Makes it by the name {@code adamw}. */
  static final class Factory implements OptimizerFactory {
    @Override
    public String name() {
      return "adamw";
    }

    @Override
    public Map<String, Double> options() {
      return AdamWConfig.defaults().options();
    }

    @Override
    public Optimizer create(long[] shape, Map<String, Double> options) {
      return new AdamW(shape, AdamWConfig.of(options));
    }
  }
}
