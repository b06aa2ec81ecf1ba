package org.seal4j.scripts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;

class RecordBinderTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20261120L);

  private static Toy read(String yaml) {
    return RecipeDraft.of(YamlReader.readFile("toy.yaml", yaml)).bind(Toy.class);
  }

  @Test
  void every_type_of_value_arrives_in_its_component() {
    assertThat(read(Toy.YAML)).isEqualTo(Toy.READ);
  }

  @Tag("slow")
  @Test
  void what_is_written_is_read_back_the_same() {
    RecipeDraft draft = RecipeDraft.of(YamlReader.readFile("toy.yaml", Toy.YAML));
    for (int i = 0; i < 200; i++) {
      Toy toy = Toy.random(Seeds.of(SEED).child("toy", i).rng());
      String yaml = draft.effectiveYaml(toy);
      assertThat(read(yaml)).as("seed %d, case %d:%n%s", SEED, i, yaml).isEqualTo(toy);
      assertThat(draft.effectiveYaml(read(yaml))).isEqualTo(yaml);
    }
  }

  @Test
  void the_effective_configuration_has_all_keys_in_record_order_and_short_numbers() {
    RecipeDraft draft = RecipeDraft.of(YamlReader.readFile("toy.yaml", Toy.YAML));
    String yaml = draft.effectiveYaml(draft.bind(Toy.class));
    assertThat(yaml.lines().filter(line -> !line.startsWith(" ")).map(line -> line.split(":")[0]))
        .containsExactly(
            "recipe",
            "kind",
            "about",
            "expectedTime",
            "seed",
            "width",
            "steps",
            "rate",
            "decay",
            "shuffle",
            "title",
            "mode",
            "tasks",
            "inner",
            "stages",
            "targets",
            "weights");
    assertThat(yaml).contains("\nrate: 0.001\n", "\nmode: output_tokens\n", "\n    rank: 8\n");
  }

  @Test
  void a_nullable_component_may_be_left_out_and_no_other() {
    assertThat(read(Toy.YAML.replaceAll("tasks:.*\n", "")).tasks()).isNull();
    assertThat(read(Toy.YAML.replaceAll("tasks:.*\n", "tasks: a/b\n")).tasks())
        .isEqualTo(Path.of("a/b"));
    assertThatThrownBy(() -> read(Toy.YAML.replaceAll("  epochs:.*\n", "")))
        .isInstanceOf(InputException.class)
        .hasMessage("toy.yaml:15: missing key 'inner.epochs': a whole number (int)");
    assertThatThrownBy(() -> read(Toy.YAML.replaceAll("width:.*\n", "width: null\n")))
        .hasMessage("toy.yaml:7: key 'width' must be a whole number (int) but is null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rank: 8    | rnak: 8     | toy.yaml:18: unknown key 'inner.lora.rnak'; did you mean 'inner.lora.rank'?",
        "width: 64  | rank: 64    | toy.yaml:7: unknown key 'rank'; did you mean 'inner.lora.rank'?",
        "width: 64  | Width: 64   | toy.yaml:7: unknown key 'Width'; did you mean 'width'?",
        "width: 64  | expectdTime: x | toy.yaml:7: unknown key 'expectdTime'; did you mean 'expectedTime'?",
        "epochs: 8  | dropout: 8  | toy.yaml:16: unknown key 'inner.dropout'; known keys here are epochs, lora"
      })
  void an_unknown_key_is_refused_with_its_line_and_the_nearest_known_one(
      String good, String bad, String message) {
    assertThatThrownBy(() -> read(Toy.YAML.replace(good, bad)))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width: 64      | width: wide  | toy.yaml:7: key 'width' must be a whole number (int) but is 'wide'",
        "width: 64      | width: 6.5   | toy.yaml:7: key 'width' must be a whole number (int) but is '6.5'",
        "width: 64      | width: 5000000000 | toy.yaml:7: key 'width' must be a whole number (int) but is '5000000000'",
        "width: 64      | width: [1]   | toy.yaml:7: key 'width' must be a whole number (int) but is a list",
        "rate: 1e-3     | rate: fast   | toy.yaml:9: key 'rate' must be a number but is 'fast'",
        "rate: 1e-3     | rate: 1e999  | toy.yaml:9: key 'rate' must be a number but is '1e999'",
        "rate: 1e-3     | rate: NaN    | toy.yaml:9: key 'rate' must be a number but is 'NaN'",
        "shuffle: true  | shuffle: yes | toy.yaml:11: key 'shuffle' must be true or false but is 'yes'",
        "output_tokens  | output       | toy.yaml:13: key 'mode' must be one of all_tokens, output_tokens but is 'output'",
        "targets: [q, v]| targets: q   | toy.yaml:24: key 'targets' must be a list but is 'q'",
        "targets: [q, v]| targets: [q, q] | toy.yaml:24: key 'targets' names a value twice",
        "rounds: 2      | rounds: two  | toy.yaml:23: key 'stages[1].rounds' must be a whole number (int) but is 'two'",
        "hard: 1        | hard: very   | toy.yaml:27: key 'weights.hard' must be a number but is 'very'"
      })
  void a_value_of_the_wrong_type_is_refused_with_its_line_and_both_types(
      String good, String bad, String message) {
    assertThatThrownBy(() -> read(Toy.YAML.replace(good, bad)))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void a_group_must_be_a_group() {
    assertThatThrownBy(() -> read(Toy.YAML.replaceAll("(?s)  lora:.*16.0\n", "  lora: 8\n")))
        .hasMessage(
            "toy.yaml:17: key 'inner.lora' must be a group of keys (rank, alpha) but is '8'");
  }

  @Test
  void what_a_record_refuses_is_reported_with_the_path_of_its_key() {
    assertThatThrownBy(() -> read(Toy.YAML.replace("rank: 8", "rank: 0")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "toy.yaml:18: in 'inner.lora': rank must be >= 1 but was 0; use 8 for quick runs");
  }

  /** Checks that name their group themselves, since programs make such records too. */
  record Grouped(Part part) {}

  record Part(int size) {
    Part {
      Checks.inGroup("part", () -> new Toy.Lora(size, 1));
    }
  }

  @Test
  void a_group_that_the_record_names_itself_is_named_once() {
    RecipeDraft draft =
        RecipeDraft.of(
            YamlReader.readFile(
                "toy.yaml", Toy.YAML.replaceAll("(?s)width:.*", "") + "part: {size: 0}\n"));
    assertThatThrownBy(() -> draft.bind(Grouped.class))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("toy.yaml:\\d+: in 'part': rank must be >= 1 but was 0; .*");
  }

  record Twice(int seed) {}

  record Odd(StringBuilder builder) {}

  @Test
  void a_record_that_no_recipe_can_fill_is_a_fault_of_the_program() {
    RecipeDraft draft = RecipeDraft.of(YamlReader.readFile("toy.yaml", Toy.YAML));
    assertThatThrownBy(() -> draft.bind(Twice.class)).hasMessageContaining("component 'seed'");
    YamlNode.Mapping odd = YamlReader.readFile("odd.yaml", "builder: x");
    assertThatThrownBy(() -> RecordBinder.bind(odd, Odd.class, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("StringBuilder");
  }
}
