package org.seal4j.scripts.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.report.Curve;

class LongTablesTest {
  private static final LongTables TABLES =
      new LongTables(
          List.of(
              "step\tsmollm2-135m\t512\t0\t9.0\t9.0\t9\t9",
              "step\tsmollm2-135m\t512\t0\t6.0\t8.0\t536870912\t9",
              "plan\tsmollm2-135m\t1024\t1\t0\t0\t1073741824\t9",
              "workers\t2\t10\t5000\t20\t10\t52428800\t9"));

  @Test
  void what_was_not_measured_is_a_dash_and_the_last_measurement_counts() {
    assertThat(TABLES.markdown())
        .contains(
            "| 512 | 512 MiB | 6.0 | 8.0 | – | – | – |\n",
            "| 1,024 | – | – | – | 1.0 GiB | – | – |\n",
            "| shape of SmolLM2-135M | 513 MiB | 512 MiB | 6.0 | 8.0 | – | – | – |\n",
            "| 2 | 1.000 | 2.000 | 500 | 50 |\n")
        .doesNotContain("Qwen");
  }

  @Test
  void pictures_have_a_point_for_each_measurement() {
    Curve memory = TABLES.pictures().get("long-texts-memory");
    assertThat(memory.lines()).hasSize(2);
    assertThat(memory.lines().get(0).points()).containsExactly(new Curve.Point(512, 0.5));
    assertThat(memory.lines().get(1).points()).containsExactly(new Curve.Point(1024, 1));
    assertThat(TABLES.pictures().get("long-texts-time").lines()).hasSize(1);
    assertThat(TABLES.pictures().get("workers-memory").lines().get(0).points())
        .containsExactly(new Curve.Point(2, 50));
    assertThat(new LongTables(List.of()).pictures()).isEmpty();
  }

  @Test
  void a_line_that_is_no_measurement_is_shown() {
    assertThatThrownBy(() -> new LongTables(List.of("step 12")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'step 12'");
    assertThatThrownBy(() -> LongShape.named("gpt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("SHAPE is 'gpt', but must be one of [smollm2-135m,");
  }
}
