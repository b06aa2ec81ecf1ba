package org.seal4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(strings = {"constant", "linear", "cosine"})
  void warm_up_climbs_in_equal_steps_to_the_peak(Schedule schedule) {
    for (int step = 0; step < 4; step++) {
      assertThat(schedule.factor(step, 4, 20)).isCloseTo((step + 1) / 5.0, offset(1e-15));
    }
    assertThat(schedule.factor(4, 4, 20)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "linear", "cosine"})
  void after_warm_up_it_never_rises_and_no_step_is_wasted(Schedule schedule) {
    for (int step = 4; step < 20; step++) {
      double factor = schedule.factor(step, 4, 20);
      assertThat(factor).isPositive().isLessThanOrEqualTo(1);
      assertThat(schedule.factor(step + 1, 4, 20)).isBetween(0.0, factor);
    }
  }

  @Test
  void the_shapes_are_flat_straight_and_half_a_cosine() {
    assertThat(Schedule.CONSTANT.factor(99, 0, 100)).isEqualTo(1);
    assertThat(Schedule.LINEAR.factor(25, 0, 100)).isEqualTo(0.75);
    assertThat(Schedule.LINEAR.factor(60, 20, 100)).isEqualTo(0.5);
    assertThat(Schedule.COSINE.factor(50, 0, 100)).isCloseTo(0.5, offset(1e-15));
    assertThat(Schedule.COSINE.factor(25, 0, 100))
        .isCloseTo(0.5 + 0.25 * Math.sqrt(2), offset(1e-15));
  }

  @Test
  void linear_and_cosine_are_zero_at_the_end_and_stay_there() {
    for (Schedule schedule : new Schedule[] {Schedule.LINEAR, Schedule.COSINE}) {
      assertThat(schedule.factor(100, 10, 100)).isCloseTo(0, offset(1e-15));
      assertThat(schedule.factor(130, 10, 100)).isCloseTo(0, offset(1e-15));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "linear", "cosine"})
  void a_warm_up_as_long_as_the_run_only_climbs(Schedule schedule) {
    assertThat(schedule.factor(0, 1, 1)).isEqualTo(0.5);
    assertThat(schedule.factor(2, 3, 3)).isEqualTo(0.75);
    assertThat(schedule.factor(0, 0, 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.5})
  void a_factor_that_no_rate_can_have_is_refused(double factor) {
    Schedule broken =
        new Schedule() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public double afterWarmup(long step, long steps) {
            return factor;
          }
        };
    assertThat(broken.factor(0, 1, 20)).isEqualTo(0.5);
    assertThatThrownBy(() -> broken.factor(3, 1, 20))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the schedule 'broken' gave the factor %s at step 3 of 20; it must be a finite number"
                + " >= 0",
            factor);
  }
}
