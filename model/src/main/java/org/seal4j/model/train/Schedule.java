package org.seal4j.model.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * How the learning rate moves over the steps of a run. Besides the three built in, a class on the
 * class path that a file {@code META-INF/services/org.seal4j.model.train.Schedule} names is found
 * by its name; it needs a public constructor without parameters.
 *
 * <p>Must be safe for use by several threads, and depend on its arguments alone.
 */
@SuppressWarnings("ClassInitializationDeadlock") // BuiltInSchedule refers to no constant of this
public interface Schedule {
  /** Stays at its peak. */
  Schedule CONSTANT = new BuiltInSchedule("constant", (step, steps) -> 1);

  /** Falls in a straight line to 0. */
  Schedule LINEAR =
      new BuiltInSchedule("linear", (step, steps) -> Math.max(0, 1 - (double) step / steps));

  /** Falls along half a cosine to 0. */
  Schedule COSINE =
      new BuiltInSchedule(
          "cosine",
          (step, steps) ->
              0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, (double) step / steps))));

  /** The name: lower-case letters, digits, {@code -} and {@code _}, beginning with a letter. */
  @JsonValue
  String name();

  /**
   * The factor on the peak learning rate once the warm-up is over.
   *
   * @param step number of the step after the warm-up, from 0
   * @param steps steps after the warm-up, at least 1
   */
  double afterWarmup(long step, long steps);

  /**
   * The factor on the peak learning rate.
   *
   * @param step number of the step, from 0
   * @param warmup steps of linear warm-up: step i of them has factor {@code (i + 1) / (warmup + 1)}
   * @param total steps of the whole run
   * @throws org.seal4j.data.check.InputException where {@link #afterWarmup} gives a negative factor
   *     or none that is finite
   */
  default double factor(long step, long warmup, long total) {
    if (step < warmup) {
      return (step + 1.0) / (warmup + 1.0);
    }
    double factor = afterWarmup(step - warmup, Math.max(1, total - warmup));
    if (!Double.isFinite(factor) || factor < 0) {
      throw Checks.refuse(
          "the schedule '%s' gave the factor %s at step %d of %d; it must be a finite number >= 0",
          name(), factor, step, total);
    }
    return factor;
  }

  /**
   * The schedule of this name.
   *
   * @throws org.seal4j.data.check.InputException where there is none; the message lists those there
   *     are
   */
  @JsonCreator
  static Schedule of(String name) {
    return BuiltInSchedule.All.BY_NAME.get(name);
  }

  /** The names that can be given now, in alphabetical order. */
  static List<String> names() {
    return BuiltInSchedule.All.BY_NAME.names();
  }
}
