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

class RewardNoiseTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);

  /** Edits of some quality, seen through some noise. */
  private static RewardNoise noise(double quality, double chance) {
    Rng rng = Seeds.of(SEED).child("noise", quality, chance).rng();
    List<List<List<Double>>> contexts = new ArrayList<>();
    for (int c = 0; c < 2000; c++) {
      List<List<Double>> edits = new ArrayList<>();
      for (int e = 0; e < 5; e++) {
        double mean = quality * rng.nextGaussian();
        List<Double> repeats = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
          repeats.add(mean + chance * rng.nextGaussian());
        }
        edits.add(repeats);
      }
      contexts.add(edits);
    }
    return RewardNoise.of(contexts);
  }

  @Test
  void of_pure_noise_the_best_edit_is_worth_nothing_though_it_seems_to_be() {
    RewardNoise noise = noise(0, 0.1);
    assertThat(noise.within()).isCloseTo(0.0886, within(0.003)); // c4(3) of 0.1
    assertThat(noise.apparentLift()).as("seed %d", SEED).isGreaterThan(0.05);
    assertThat(noise.trueLift()).isCloseTo(0, within(0.006));
  }

  @Test
  void without_noise_both_lifts_are_the_same() {
    RewardNoise noise = noise(0.1, 0);
    assertThat(noise.within()).isCloseTo(0, within(1e-9));
    assertThat(noise.trueLift()).isCloseTo(noise.apparentLift(), within(1e-9));
    assertThat(noise.trueLift()).isCloseTo(0.1163, within(0.006)); // E[max of 5 normals]
    assertThat(noise.between()).isGreaterThan(0.09);
  }

  @Test
  void figures_of_a_small_case_are_those_by_hand() {
    RewardNoise noise = RewardNoise.of(List.of(List.of(List.of(0.2, 0.4), List.of(0.6, 0.0))));
    assertThat(noise.between()).isCloseTo(0, within(1e-12));
    assertThat(noise.within())
        .isCloseTo((0.1 * Math.sqrt(2) + 0.3 * Math.sqrt(2)) / 2, within(1e-12));
    assertThat(noise.apparentLift()).isCloseTo((0.2 + 0.2) / 2, within(1e-12));
    assertThat(noise.trueLift()).isCloseTo((-0.2 - 0.2) / 2, within(1e-12));
  }

  @Test
  void single_repetitions_are_refused() {
    assertThatThrownBy(() -> RewardNoise.of(List.of(List.of(List.of(0.1), List.of(0.2)))))
        .isInstanceOf(InputException.class);
  }
}
