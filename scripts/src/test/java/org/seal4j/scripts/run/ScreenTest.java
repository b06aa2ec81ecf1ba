package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  @ParameterizedTest
  @CsvSource({"40, 40", "132, 132", "3, 20", "0, 80", "wide, 80", "-5, 80", ", 80"})
  void the_variable_says_how_wide_it_is_and_80_is_the_usual(String columns, int wide) {
    assertThat(Screen.of(columns).columns()).isEqualTo(wide);
  }
}
