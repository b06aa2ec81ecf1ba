package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class RowTest {

  @Test
  void a_row_gives_back_what_was_set() {
    Row row =
        Samples.ALL_TYPES
            .row()
            .set("solved", true)
            .set("rate", 0.5f)
            .set("loss", -0.0)
            .set("count", 1L << 40)
            .setNull("note")
            .set("text", "語")
            .set("id", 3)
            .build();
    assertThat(row.int32("id")).isEqualTo(3);
    assertThat(row.string("text")).isEqualTo("語");
    assertThat(row.isNull("note")).isTrue();
    assertThat(row.int64("count")).isEqualTo(1L << 40);
    assertThat(Double.doubleToLongBits(row.float64("loss"))).isEqualTo(Long.MIN_VALUE);
    assertThat(row.float32("rate")).isEqualTo(0.5f);
    assertThat(row.bool("solved")).isTrue();
    assertThat(List.copyOf(row.asMap().keySet()))
        .containsExactly("id", "text", "note", "count", "loss", "rate", "solved");
  }

  @Test
  void rows_with_equal_values_are_equal() {
    assertThat(Samples.random(20, 1)).isEqualTo(Samples.random(20, 1));
    assertThat(Samples.small(1)).isNotEqualTo(Samples.small(3)).hasSameHashCodeAs(Samples.small(1));
  }

  @Test
  void an_unknown_column_is_named_with_the_known_ones() {
    assertThatThrownBy(() -> Samples.SMALL.row().set("note2", "x"))
        .isInstanceOf(InputException.class)
        .hasMessage("table 'small' has no column 'note2'; it has id, note");
    assertThatThrownBy(() -> Samples.small(1).value("nope"))
        .hasMessage("table 'small' has no column 'nope'; it has id, note");
  }

  @Test
  void a_missing_value_is_named() {
    assertThatThrownBy(() -> Samples.SMALL.row().setNull("note").build())
        .hasMessage("table 'small': the row has no value for column 'id'; set it");
    assertThatThrownBy(() -> Samples.SMALL.row().set("id", 1).build())
        .hasMessage(
            "table 'small': the row has no value for column 'note'; set it or call setNull");
  }

  @Test
  void a_value_of_another_type_is_named_and_never_converted() {
    assertThatThrownBy(() -> Samples.SMALL.row().set("id", 7L))
        .hasMessage(
            "table 'small', column 'id' holds int32, so a row needs a Integer, but got the Long"
                + " '7'");
    assertThatThrownBy(() -> Samples.small(1).int64("id"))
        .hasMessage("table 'small', column 'id' holds int32, not Long");
  }

  @Test
  void a_null_is_only_for_nullable_columns() {
    assertThatThrownBy(() -> Samples.SMALL.row().setNull("id"))
        .hasMessage("table 'small', column 'id' is null but the column is not nullable");
    assertThatThrownBy(() -> Samples.small(2).string("note"))
        .hasMessage("table 'small', column 'note': the cell is empty; ask isNull first");
  }

  @Test
  void a_cell_is_set_once() {
    assertThatThrownBy(() -> Samples.SMALL.row().set("id", 1).set("id", 1))
        .hasMessage("table 'small', column 'id' is set twice in one row");
  }

  @Test
  void half_a_surrogate_pair_is_refused_because_a_file_would_change_it() {
    assertThatThrownBy(() -> Samples.SMALL.row().set("note", "a\uD800b"))
        .hasMessageContaining("column 'note' got a text with half of a surrogate pair");
  }
}
