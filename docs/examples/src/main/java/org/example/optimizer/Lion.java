package org.example.optimizer;

import java.nio.FloatBuffer;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.model.train.Optimizer;
import org.seal4j.model.train.OptimizerFactory;
import org.seal4j.model.train.WeightUpdate;

/** Lion (Chen et al. 2023, algorithm 2), as someone outside the project would write it. */
public final class Lion implements OptimizerFactory {
  @Override
  public String name() {
    return "lion";
  }

  @Override
  public Map<String, Double> options() {
    return Map.of("beta1", 0.9, "beta2", 0.99, "weightDecay", 0.0);
  }

  @Override
  public Optimizer create(long[] shape, Map<String, Double> options) {
    return new Rule(shape, options.get("beta1"), options.get("beta2"), options.get("weightDecay"));
  }

  private record Rule(long[] shape, double beta1, double beta2, double decay) implements Optimizer {
    Rule {
      Checks.require(beta1 >= 0 && beta1 < 1, "lion's beta1 must be in [0, 1) but was %s", beta1);
    }

    @Override
    public Map<String, long[]> state() {
      return Map.of("momentum", shape);
    }

    @Override
    public void update(WeightUpdate u) {
      FloatBuffer weight = u.weight();
      FloatBuffer momentum = u.state("momentum");
      for (int i = 0; i < u.length(); i++) {
        double g = u.gradient(i);
        double m = momentum.get(i);
        double direction = Math.signum(beta1 * m + (1 - beta1) * g);
        weight.put(i, (float) (weight.get(i) - u.rate() * (direction + decay * weight.get(i))));
        momentum.put(i, (float) (beta2 * m + (1 - beta2) * g));
      }
    }
  }
}
