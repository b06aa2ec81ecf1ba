package org.example.optimizer;

import org.seal4j.model.train.Schedule;

/** Falls with the root of the number of steps (Vaswani et al. 2017, section 5.3). */
public final class InverseRoot implements Schedule {
  @Override
  public String name() {
    return "inverse-root";
  }

  @Override
  public double afterWarmup(long step, long steps) {
    return 1 / Math.sqrt(1.0 + step);
  }
}
