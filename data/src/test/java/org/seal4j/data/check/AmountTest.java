package org.seal4j.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0 rows", "1|1 row", "2|2 rows", "1200|1,200 rows"})
  void one_thing_is_named_in_the_singular(long count, String words) {
    assertThat(Amount.of(count, "row")).isEqualTo(words);
  }
}
