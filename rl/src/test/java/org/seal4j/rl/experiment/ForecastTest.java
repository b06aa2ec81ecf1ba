package org.seal4j.rl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForecastTest {
  @Test
  void a_folder_is_as_large_as_its_copies_of_the_model_and_its_rows() {
    Forecast forecast = new Forecast(10 << 20, 3, 1000, true);
    assertThat(forecast.folderBytes()).isBetween(32.0 * (1 << 20), 34.0 * (1 << 20));
    assertThat(forecast).hasToString("about 33 MiB (3 x 10 MiB of weights, 1,000 rows)");
  }

  @Test
  void a_run_without_a_model_leaves_rows_alone() {
    assertThat(new Forecast(0, 0, 12, false)).hasToString("about 0.2 MiB (12 rows)");
    assertThat(new Forecast(0, 0, 1, false)).hasToString("about 0.1 MiB (1 row)");
    assertThat(new Forecast(10 << 20, 0, 12, false).withAdapters(3 << 20))
        .hasToString("about 3.2 MiB (3.0 MiB of adapters, 12 rows)");
    assertThat(new Forecast(1 << 20, 1, 1, false))
        .hasToString("about 1.1 MiB (1 x 1.0 MiB of weights, 1 row)");
  }
}
