package org.seal4j.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

class VarianceComponentsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261127L);

  private static List<String> kinds(int kinds, int tasks) {
    List<String> all = new ArrayList<>();
    for (int t = 0; t < kinds * tasks; t++) {
      all.add("kind " + t % kinds);
    }
    return all;
  }

  @Test
  void configurations_that_only_add_to_tasks_take_all_that_differs_within_them() {
    double[] task = {0.1, 0.4, 0.2, 0.7, 0.3};
    double[] configuration = {0, 0.2, 0.1};
    double[][][] values = new double[5][3][2];
    for (int t = 0; t < 5; t++) {
      for (int c = 0; c < 3; c++) {
        values[t][c] = new double[] {task[t] + configuration[c], task[t] + configuration[c]};
      }
    }
    VarianceComponents found = VarianceComponents.of(List.of("a", "b", "a", "a", "b"), values);
    assertThat(found.configurations()).isCloseTo(0.01, within(1e-12)); // of 0, .2, .1
    assertThat(found.byKind()).isCloseTo(0, within(1e-12));
    assertThat(found.byTask()).isCloseTo(0, within(1e-12));
    assertThat(found.repeats()).isCloseTo(0, within(1e-12));
    assertThat(found.share(found.configurations())).isCloseTo(1, within(1e-9));
  }

  @Test
  void kinds_that_need_the_opposite_are_a_matter_of_kinds() {
    double[][][] values = new double[6][2][2];
    for (int t = 0; t < 6; t++) {
      for (int c = 0; c < 2; c++) {
        double value = (t + c) % 2;
        values[t][c] = new double[] {value, value};
      }
    }
    VarianceComponents found = VarianceComponents.of(kinds(2, 3), values);
    // Residuals are ±.5: mean square 3 tasks * 2 trials * 4 cells * .25 on one degree of freedom.
    assertThat(found.byKind()).isCloseTo(1, within(1e-12));
    assertThat(found.configurations()).isZero();
    assertThat(found.byTask()).isZero();
    assertThat(found.share(found.byKind())).isEqualTo(1);
  }

  @Test
  void known_components_are_found_again_with_kinds_of_different_sizes() {
    System.out.println("seed " + SEED);
    Rng rng = Seeds.of(SEED).rng();
    double[] sd = {0.5, 0.8, 0.7, 0.6, 0.9, 0.4};
    double[] sums = new double[6];
    int runs = 60;
    for (int run = 0; run < runs; run++) {
      VarianceComponents found = simulated(rng, sd);
      double[] variances = {
        found.kinds(),
        found.tasks(),
        found.configurations(),
        found.byKind(),
        found.byTask(),
        found.repeats()
      };
      for (int i = 0; i < 6; i++) {
        sums[i] += variances[i] / runs;
      }
    }
    for (int i = 0; i < 6; i++) {
      assertThat(sums[i])
          .as("component " + i)
          .isCloseTo(sd[i] * sd[i], within(0.3 * sd[i] * sd[i]));
    }
  }

  private static VarianceComponents simulated(Rng rng, double[] sd) {
    int kinds = 12;
    int configurations = 12;
    double[] ofConfiguration = new double[configurations];
    for (int c = 0; c < configurations; c++) {
      ofConfiguration[c] = sd[2] * rng.nextGaussian();
    }
    List<String> names = new ArrayList<>();
    List<double[][]> values = new ArrayList<>();
    for (int k = 0; k < kinds; k++) {
      double ofKind = sd[0] * rng.nextGaussian();
      double[] byKind = new double[configurations];
      for (int c = 0; c < configurations; c++) {
        byKind[c] = sd[3] * rng.nextGaussian();
      }
      for (int t = 0; t < 2 + k % 4; t++) {
        double ofTask = sd[1] * rng.nextGaussian();
        double[][] task = new double[configurations][2];
        for (int c = 0; c < configurations; c++) {
          double cell =
              ofKind + ofTask + ofConfiguration[c] + byKind[c] + sd[4] * rng.nextGaussian();
          for (int r = 0; r < 2; r++) {
            task[c][r] = cell + sd[5] * rng.nextGaussian();
          }
        }
        names.add("kind " + k);
        values.add(task);
      }
    }
    return VarianceComponents.of(names, values.toArray(double[][][]::new));
  }

  @Test
  void what_has_no_degrees_of_freedom_is_no_number() {
    double[][][] values = {{{1}, {0}}, {{0}, {1}}};
    VarianceComponents found = VarianceComponents.of(List.of("a", "b"), values);
    assertThat(found.repeats()).isNaN();
    assertThat(found.byTask()).isNaN();
    assertThat(found.tasks()).isNaN();
    assertThat(found.byKind()).isGreaterThan(0);
    assertThat(found.withinTask()).isFinite();
  }

  @Test
  void tasks_without_a_kind_are_refused() {
    assertThatThrownBy(() -> VarianceComponents.of(List.of(), new double[][][] {{{1}}}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("got 0 kinds, 1 tasks");
  }
}
