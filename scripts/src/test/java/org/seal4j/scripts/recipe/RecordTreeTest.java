package org.seal4j.scripts.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTreeTest {

  @Test
  void a_record_becomes_plain_values_in_record_order() {
    Map<String, ?> tree = RecordTree.of(Toy.READ);
    assertThat(tree.keySet())
        .containsExactly(
            "width", "steps", "rate", "decay", "shuffle", "title", "mode", "tasks", "inner",
            "stages", "targets", "weights");
    assertThat(tree.get("mode")).isEqualTo("output_tokens");
    assertThat(tree.get("tasks")).isNull();
    assertThat(tree.get("inner"))
        .isEqualTo(Map.of("epochs", 8, "lora", Map.of("rank", 8, "alpha", 16.0)));
    assertThat(tree.get("stages"))
        .isEqualTo(
            List.of(Map.of("name", "warm", "rounds", 1), Map.of("name", "cold", "rounds", 2)));
  }

  @Test
  void several_records_make_one_tree() {
    Map<String, ?> tree = RecordTree.of(new Toy.Stage("warm", 1), new Toy.Lora(8, 16));
    assertThat(tree.keySet()).containsExactly("name", "rounds", "rank", "alpha");
  }
}
