package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class RowCountsTest {
  @Test
  void rows_are_rounded_up_to_few_counts_with_at_most_half_as_much_again() {
    for (int rows = 1; rows <= 300; rows++) {
      int rounded = RowCounts.rounded(rows);
      assertThat(rounded).isGreaterThanOrEqualTo(rows);
      assertThat(rounded).isLessThanOrEqualTo(rows + rows / 2);
      assertThat(RowCounts.rounded(rounded)).isEqualTo(rounded);
    }
    assertThat(RowCounts.rounded(0)).isEqualTo(1);
    long counts = IntStream.rangeClosed(1, 64).map(RowCounts::rounded).distinct().count();
    assertThat(counts).isEqualTo(12);
  }

  @Test
  void pieces_hold_every_item_once_and_in_order() {
    List<List<List<Integer>>> pieces =
        RowCounts.pieces(List.of(List.of(1, 2, 3, 4, 5), List.of(), List.of(6)), 2);
    assertThat(pieces)
        .containsExactly(
            List.of(List.of(1, 2), List.of(), List.of(6)),
            List.of(List.of(3, 4), List.of(), List.of()),
            List.of(List.of(5), List.of(), List.of()));
    assertThat(RowCounts.pieces(List.of(List.of()), 2)).isEmpty();
  }

  @Test
  void cache_capacities_are_powers_of_two_that_hold_the_longest_row() {
    for (int longest = 1; longest < 3000; longest++) {
      int capacity = KvCache.capacity(longest);
      assertThat(capacity).isGreaterThanOrEqualTo(Math.max(64, longest));
      assertThat(Integer.bitCount(capacity)).isEqualTo(1);
      assertThat(capacity).isLessThan(Math.max(65, 2 * longest));
    }
    assertThatThrownBy(() -> KvCache.capacity(1L << 31)).isInstanceOf(InputException.class);
  }
}
