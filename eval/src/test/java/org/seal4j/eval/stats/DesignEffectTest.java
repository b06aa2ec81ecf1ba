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

class DesignEffectTest {
  @Test
  void sources_of_one_item_each_have_no_effect() {
    DesignEffect effect =
        DesignEffect.of(List.of(List.of(1.0), List.of(0.0), List.of(0.0), List.of(1.0)));
    assertThat(effect.mean()).isEqualTo(0.5);
    assertThat(effect.value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void items_that_repeat_their_source_count_once() {
    List<List<Double>> sources = new ArrayList<>();
    Rng rng = Seeds.of(3).rng();
    for (int i = 0; i < 200; i++) {
      double item = rng.permutation(2)[0];
      sources.add(List.of(item, item, item, item));
    }
    DesignEffect effect = DesignEffect.of(sources);
    assertThat(effect.value()).isCloseTo(4, within(0.05));
    assertThat(effect.clustered()).isCloseTo(2 * effect.naive(), within(1e-3));
  }

  @Test
  void by_hand() {
    // mean 3/5; residuals of the sources .8 and -.8; sum of squares 1.28
    DesignEffect effect = DesignEffect.of(List.of(List.of(1.0, 1.0), List.of(1.0, 0.0, 0.0)));
    assertThat(effect.mean()).isCloseTo(0.6, within(1e-12));
    assertThat(effect.clustered()).isCloseTo(Math.sqrt(1.28 * 2) / 5, within(1e-12));
    assertThat(effect.naive()).isCloseTo(Math.sqrt(1.2 / 4 / 5), within(1e-12));
    assertThat(effect.items()).isEqualTo(5);
    assertThat(effect.clusters()).isEqualTo(2);
  }

  @Test
  void where_all_agree_there_is_none() {
    assertThat(DesignEffect.of(List.of(List.of(0.0, 0.0), List.of(0.0))).value()).isEqualTo(1);
  }

  @Test
  void a_source_without_items_is_refused() {
    assertThatThrownBy(() -> DesignEffect.of(List.of(List.of())))
        .isInstanceOf(InputException.class)
        .hasMessage("a design effect needs at least one source, and an item in each");
  }
}
