package org.seal4j.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;

class TableSchemaTest {

  @Test
  void an_arrow_schema_keeps_everything_that_a_table_schema_says() {
    var arrow = ArrowSchemas.toArrow(Samples.ALL_TYPES);
    assertThat(ArrowSchemas.fromArrow(arrow, "x.arrow")).isEqualTo(Samples.ALL_TYPES);
    assertThat(arrow.findField("loss").getMetadata())
        .containsEntry("description", "A loss in nats.");
  }

  @Test
  void a_schema_without_columns_or_with_a_name_twice_is_refused() {
    assertThatThrownBy(() -> TableSchema.named("empty", 1).build())
        .isInstanceOf(InputException.class)
        .hasMessage("table 'empty' has no column; it needs at least one");
    assertThatThrownBy(
            () ->
                TableSchema.named("twice", 1)
                    .column("a", ColumnType.BOOL, "One.")
                    .nullable("a", ColumnType.INT32, "Two.")
                    .build())
        .hasMessage("table 'twice' has two columns called 'a'; names must differ");
  }

  @Test
  void names_versions_and_descriptions_are_checked() {
    assertThatThrownBy(() -> new Column("Bad Name", ColumnType.BOOL, false, "Fine."))
        .hasMessageContaining("column name 'Bad Name' must be lower-case");
    assertThatThrownBy(() -> new Column("a", ColumnType.BOOL, false, "no full stop"))
        .hasMessageContaining("ends with a full stop, but has 'no full stop'");
    assertThatThrownBy(() -> TableSchema.named("t", 0).column("a", ColumnType.BOOL, "A.").build())
        .hasMessage("table 't' has version 0; versions start at 1");
    assertThatThrownBy(() -> TableSchema.named("T", 1).column("a", ColumnType.BOOL, "A.").build())
        .hasMessageContaining("table name 'T'");
  }
}
