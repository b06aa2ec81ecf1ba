package org.seal4j.scripts.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class BenchTableTest {

  @Test
  void medians_stand_beside_their_spread_and_the_ratio_to_ours() {
    BenchTable table =
        new BenchTable(
            List.of(
                "# other: version 7",
                "engine\tstep\t10",
                "engine\tstep\t30",
                "engine\tstep\t20",
                "other\tstep\t2500",
                "# other: version 7",
                "engine\ttoken\t1"));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | workload | engine, ms | other, ms | ÷ ours |
            |---|---|---|---|
            | step | 20.0 [10.0, 30.0] | 2,500 [2,500, 2,500] | 125.00 |
            | token | 1.0 [1.0, 1.0] | – | – |

            - other: version 7
            """);
  }

  @Test
  void a_line_that_is_no_measurement_is_shown() {
    assertThatThrownBy(() -> new BenchTable(List.of("engine 12")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'engine 12'");
    assertThatThrownBy(() -> new BenchTable(List.of("# nothing")))
        .isInstanceOf(InputException.class);
  }
}
