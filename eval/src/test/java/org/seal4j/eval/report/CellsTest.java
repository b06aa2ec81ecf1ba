package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seal4j.eval.stats.Interval;

class CellsTest {
  @Test
  void figures_are_written_without_a_sign_of_nothing() {
    assertThat(Cells.number("%+.1f", -0.04)).isEqualTo("0.0");
    assertThat(Cells.number("%+.1f", -1.25)).isEqualTo("−1.3");
    assertThat(Cells.number("%.1f", Double.NaN)).isEqualTo("–");
    assertThat(Cells.share(0.5)).isEqualTo("50.0 %");
    assertThat(Cells.interval("%.1f", new Interval(-0.1, 0.2), 100)).isEqualTo("−10.0 to 20.0");
  }
}
