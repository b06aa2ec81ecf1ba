package org.seal4j.model.train;

import java.util.List;
import org.seal4j.data.check.NamedServices;

/** A schedule of a given curve. */
record BuiltInSchedule(String name, Curve curve) implements Schedule {
  /** By name, with those on the class path. */
  static final class All {
    static final NamedServices<Schedule> BY_NAME =
        new NamedServices<>(
            Schedule.class, "schedule", Schedule::name, List.of(CONSTANT, LINEAR, COSINE));

    private All() {}
  }

  /** Factor after {@code step} of {@code steps} steps. */
  interface Curve {
    double at(long step, long steps);
  }

  @Override
  public double afterWarmup(long step, long steps) {
    return curve.at(step, steps);
  }

  @Override
  public String toString() {
    return name;
  }
}
