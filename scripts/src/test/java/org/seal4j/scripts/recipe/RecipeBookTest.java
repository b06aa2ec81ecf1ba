package org.seal4j.scripts.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

class RecipeBookTest {
  @TempDir Path folder;

  @BeforeEach
  void put_recipes_on_the_shelf() throws IOException {
    write("toy.yaml", Toy.YAML);
    write(
        "toy-wide.yaml",
        """
        extends: toy
        recipe: toy-wide
        about: The same, wider.
        width: 128
        inner:
          lora: {rank: 32}
        targets: [q]
        """);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private RecipeBook book() {
    return RecipeBook.ofFolder(folder);
  }

  private Toy toy(String name, String... sets) {
    return book().load(name, List.of(sets)).bind(Toy.class);
  }

  @Test
  void recipes_are_known_by_the_names_of_their_files_in_alphabetical_order() {
    assertThat(book().names()).containsExactly("toy", "toy-wide");
    assertThat(book().text("toy")).isEqualTo(Toy.YAML);
  }

  record Pair(int low, int high) {
    Pair {
      Checks.require(low < high, "pair.low must be below high but they are %d and %d", low, high);
    }
  }

  record Pairs(Pair pair, int count) {
    Pairs {
      Checks.require(count >= pair.low(), "count is less than pair.low, which is %d", pair.low());
      Checks.require(count < 100, "there are too many of them");
    }
  }

  /** The file in which the group begins is innocent of what another file or --set says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pair.low=9        | --set pair.low=9: in 'pair': pair.low must be below high but they are 9 and 6",
        "pair.high=2       | --set pair.high=2: in 'pair': pair.low must be below high but they are 3 and 2",
        "pair={low: 9}     | --set pair={low: 9}: in 'pair': pair.low must be below high but they are 9 and 6",
        "count=1           | --set count=1: count is less than pair.low, which is 3",
        "count=100         | over.yaml:1 with --set count=100: there are too many of them",
        "seed=7            | "
      })
  void a_refusal_names_the_place_of_the_value(String set, String refusal) throws IOException {
    write(
        "base.yaml",
        """
        # first
        recipe: base
        kind: toy
        about: A base.
        expectedTime: no time
        seed: 1
        pair:
          low: 3
          high: 5
        count: 4
        """);
    write("over.yaml", "extends: base\nrecipe: over\nabout: Over it.\npair:\n  high: 6\n");
    Throwable thrown = catchThrowable(() -> book().load("over", List.of(set)).bind(Pairs.class));
    if (refusal == null) {
      assertThat(thrown).isNull();
      return;
    }
    assertThat(thrown).isInstanceOf(InputException.class).hasMessageEndingWith(refusal);
  }

  @Test
  void a_file_anywhere_is_read_by_its_path() throws IOException {
    Path file = write("mine.yaml", Toy.YAML.replace("width: 64", "width: 65"));
    assertThat(toy(file.toString()).width()).isEqualTo(65);
  }

  @Test
  void an_extension_changes_what_it_names_and_keeps_the_rest() {
    Toy wide = toy("toy-wide");
    assertThat(wide.width()).isEqualTo(128);
    assertThat(wide.inner()).isEqualTo(new Toy.Inner(8, new Toy.Lora(32, 16)));
    assertThat(wide.targets()).containsExactly("q");
    assertThat(wide.stages()).isEqualTo(Toy.READ.stages());
    RecipeHead head = book().load("toy-wide", List.of()).head();
    assertThat(head)
        .isEqualTo(new RecipeHead("toy-wide", "toy", "The same, wider.", "no time", 42));
  }

  @Test
  void an_extension_must_say_its_own_name_and_what_it_is_about() throws IOException {
    write("mute.yaml", "extends: toy\nrecipe: mute\n");
    assertThatThrownBy(() -> toy("mute"))
        .hasMessageMatching(".*mute.yaml:1: missing key 'about': text");
  }

  @Test
  void a_path_in_extends_starts_from_the_folder_of_the_file() throws IOException {
    Files.createDirectories(folder.resolve("deep"));
    Path file =
        write("deep/own.yaml", "extends: ../toy.yaml\nrecipe: own\nabout: Own.\nwidth: 1\n");
    assertThat(toy(file.toString()).width()).isEqualTo(1);
  }

  @Test
  void a_mistake_in_the_base_names_the_base_and_one_in_the_extension_the_extension()
      throws IOException {
    write("toy.yaml", Toy.YAML.replace("width: 64", "widht: 64"));
    assertThatThrownBy(() -> toy("toy-wide"))
        .hasMessageMatching(".*/toy.yaml:7: unknown key 'widht'.*");
    write("toy.yaml", Toy.YAML);
    write("bad.yaml", "extends: toy\nrecipe: bad\nabout: Bad.\ninner:\n  epoch: 3\n");
    assertThatThrownBy(() -> toy("bad"))
        .hasMessageMatching(
            ".*/bad.yaml:5: unknown key 'inner.epoch'; did you mean 'inner.epochs'\\?");
  }

  @Test
  void recipes_that_extend_each_other_are_refused() throws IOException {
    write("a.yaml", "extends: b\nrecipe: a\n");
    write("b.yaml", "extends: a\nrecipe: b\n");
    assertThatThrownBy(() -> toy("a"))
        .hasMessageContaining("circle")
        .hasMessageContaining("b.yaml");
    write("c.yaml", "recipe: c\nextends: toi\n");
    assertThatThrownBy(() -> toy("c"))
        .hasMessageMatching(
            ".*c.yaml:2: 'extends': there is no recipe 'toi'; did you mean 'toy'\\?");
  }

  @Test
  void set_changes_a_key_typed_by_its_component_and_the_last_one_wins() {
    Toy toy =
        toy(
            "toy",
            "inner.lora.rank=4",
            "width=1",
            "width=2",
            "tasks=some/where",
            "targets=[a, b]",
            "weights.new=3");
    assertThat(toy.inner().lora().rank()).isEqualTo(4);
    assertThat(toy.width()).isEqualTo(2);
    assertThat(toy.tasks()).isEqualTo(Path.of("some/where"));
    assertThat(toy.targets()).containsExactly("a", "b");
    assertThat(toy.weights()).containsEntry("new", 3.0).containsEntry("hard", 1.0);
    assertThat(book().load("toy", List.of("seed=7")).head().seed()).isEqualTo(7);
    assertThat(toy("toy", "title=a=b").title()).isEqualTo("a=b");
    assertThat(toy("toy-wide", "tasks=").tasks()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "widht=3      | --set widht=3: unknown key 'widht'; did you mean 'width'?",
        "inner.lra.rank=3 | --set inner.lra.rank=3: unknown key 'inner.lra'; did you mean 'inner.lora'?",
        "width=wide   | --set width=wide: key 'width' must be a whole number (int) but is 'wide'",
        "width.x=3    | --set width.x=3: key 'width' must be a whole number (int) but is a group of keys",
        "width        | --set needs KEY=VALUE but got 'width'",
        "=3           | --set needs KEY=VALUE but got '=3'",
        "inner..rank=3 | --set inner..rank=3: 'inner..rank' is not a key",
        "kind=other   | --set kind=other: 'kind' is what the recipe is; copy the recipe to change it"
      })
  void a_wrong_set_is_refused_in_its_own_words(String set, String message) {
    assertThatThrownBy(() -> toy("toy", set))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }

  @Test
  void an_unknown_name_is_refused_with_the_nearest_one() {
    assertThatThrownBy(() -> toy("toi"))
        .hasMessage("there is no recipe 'toi'; did you mean 'toy'?");
    assertThatThrownBy(() -> toy("something"))
        .hasMessage(
            "there is no recipe 'something'; seal recipes list shows all; a path needs a '/' or"
                + " ends with .yaml");
    assertThatThrownBy(() -> toy("no/such.yaml"))
        .hasMessageContaining("no recipe file no/such.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- a\n- b\n",
        "just words",
        "a: 1\na: 2\n",
        "a: [1\n",
        "a: &x 1\nb: *x\n",
        "a: 1\n---\nb: 2\n"
      })
  void what_is_not_one_plain_mapping_is_refused_with_the_file(String text) throws IOException {
    Path file = write("odd.yaml", text);
    assertThatThrownBy(() -> toy(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("odd.yaml");
  }

  @Test
  void a_duplicate_key_is_refused_with_its_line() throws IOException {
    Path file = write("twice.yaml", Toy.YAML + "width: 65\n");
    assertThatThrownBy(() -> toy(file.toString()))
        .hasMessageMatching(".*twice.yaml:28: not valid YAML: the key 'width' is written twice");
  }

  @Test
  void recipes_are_found_inside_a_jar() throws IOException {
    Path jar = folder.resolve("packed.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("recipes/"));
      zip.putNextEntry(new ZipEntry("recipes/toy.yaml"));
      zip.write(Toy.YAML.getBytes(StandardCharsets.UTF_8));
    }
    URL inside = URI.create("jar:" + jar.toUri() + "!/recipes").toURL();
    SortedMap<String, RecipeFile> packed = RecipeShelf.packed(inside);
    assertThat(packed).containsOnlyKeys("toy");
    assertThat(packed.get("toy").text()).isEqualTo(Toy.YAML);
    assertThat(RecipeShelf.packed(null)).isEmpty();
  }

  @Test
  void a_checkout_without_recipes_falls_back_on_the_packed_ones() {
    assertThat(RecipeBook.open(Optional.of(folder)).names())
        .isEqualTo(RecipeBook.open(Optional.empty()).names());
  }
}
