package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.ArcFiles;

class ArcReaderTest {
  private static final String PAIR = "{\"input\": [[1]], \"output\": [[2, 3]]}";
  private static final GridPair READ = new GridPair(Grid.parse("1"), Grid.parse("23"));

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String task(String train, String test) {
    return "{\"train\": [" + train + "], \"test\": [" + test + "]}";
  }

  @Test
  void what_is_written_reads_back_equal() {
    Rng rng = RandomGrids.seeds("round-trip").rng();
    List<ArcTask> tasks = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      ArcTask made = RandomGrids.task(rng, rng.between(1, 5), rng.between(1, 9), rng.between(1, 9));
      String id = "task-" + i;
      tasks.add(new ArcTask(id, i < 20 ? "family" : id, made.demonstrations(), made.test()));
    }
    ArcFiles.write(tasks, folder);
    assertThat(ArcReader.read(folder)).isEqualTo(tasks);
    ArcTask last = tasks.get(19);
    assertThat(ArcReader.read(folder.resolve("task-29.json"))).containsExactly(last);
  }

  @Test
  void a_name_that_would_leave_the_folder_is_not_written() {
    for (String bad : List.of("../up", "a/b", "", "..", "a b")) {
      assertThatThrownBy(
              () -> ArcFiles.write(List.of(new ArcTask(bad, bad, List.of(READ), READ)), folder))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'" + bad + "' cannot be a file name");
    }
  }

  @Test
  void each_test_pair_becomes_a_task_and_a_single_one_keeps_the_id() throws IOException {
    write("b/two.json", task(PAIR, PAIR + "," + PAIR));
    write("a/one.json", task(PAIR, PAIR));
    write("training/split.json", task(PAIR, PAIR));
    write("top.json", task(PAIR, PAIR));
    write("a/notes.txt", "not a task");
    assertThat(ArcReader.read(folder))
        .containsExactly(
            new ArcTask("one", "a", List.of(READ), READ),
            new ArcTask("two-0", "b", List.of(READ), READ),
            new ArcTask("two-1", "b", List.of(READ), READ),
            new ArcTask("top", "top", List.of(READ), READ),
            new ArcTask("split", "split", List.of(READ), READ));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|, line 1, column 2: the text ends, but the object that begins in line 1, column 1 is"
            + " not closed",
        "|, line 1, column 1: there is nothing; expected one JSON value",
        "{} {}|, line 1, column 4: something follows the end of the JSON value",
        "[1]|the whole file is a list of 1; expected an object",
        "{'train': [P]}|the whole file lacks the key 'test'; expected the keys train, test",
        "{'train': [P], 'test': [P], 'more': 1}|/more is 1; expected no other keys than train,"
            + " test",
        "{'train': [P], 'test': [P], 'test': [P]}|: the key 'test' is given twice",
        "{'train': P, 'test': [P]}|/train is {\"input\":[[1]],\"output\":[[2,3]]}; expected a list",
        "{'train': [], 'test': [P]}|/train is an empty list; expected a list of pairs",
        "{'train': [P], 'test': []}|/test is an empty list; expected a list of pairs",
        "{'train': [P, {'input': [[1]]}], 'test': [P]}|/train/1 lacks the key 'output'",
        "{'train': [P], 'test': [{'input': [[1]], 'output': [[1]], 'x/y': 0}]}|/test/0/x~1y is 0;",
        "{'train': [P], 'test': [{'input': [], 'output': [[1]]}]}|/test/0/input is an empty list;",
        "{'train': [P], 'test': [{'input': [[]], 'output': [[1]]}]}|/test/0/input/0 is an empty"
            + " list;",
        "{'train': [P], 'test': [{'input': 5, 'output': [[1]]}]}|/test/0/input is 5; expected a"
            + " grid",
        "{'train': [P], 'test': [{'input': [1], 'output': [[1]]}]}|/test/0/input/0 is 1; expected a"
            + " row",
        "{'train': [P], 'test': [{'input': [[1,10]], 'output': [[1]]}]}|/test/0/input/0/1 is 10;"
            + " expected a colour: an integer 0 to 9",
        "{'train': [P], 'test': [{'input': [[-1]], 'output': [[1]]}]}|/test/0/input/0/0 is -1;",
        "{'train': [P], 'test': [{'input': [[1.0]], 'output': [[1]]}]}|/test/0/input/0/0 is 1.0;",
        "{'train': [P], 'test': [{'input': [['1']], 'output': [[1]]}]}|/test/0/input/0/0 is \"1\";",
        "{'train': [P], 'test': [{'input': [[null]], 'output': [[1]]}]}|/test/0/input/0/0 is null;",
        "{'train': [P], 'test': [{'input': [[99999999999]], 'output': [[1]]}]}|/0/0 is"
            + " 99999999999;",
        "{'train': [P], 'test': [{'input': [[1,2],[3]], 'output': [[1]]}]}|/test/0/input/1 is a"
            + " list of 1; expected a list of 2 like the first row",
      })
  void a_bad_task_file_is_refused_with_file_field_found_and_expected(String text, String message)
      throws IOException {
    String json = text == null ? "" : text.replace("P", PAIR).replace('\'', '"');
    Path file = write("bad.json", json);
    assertThatThrownBy(() -> ArcReader.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void a_grid_over_the_limits_is_refused_unless_it_is_one_row() throws IOException {
    String row = "[" + "0,".repeat(30) + "0]";
    Path file = write("wide.json", task(PAIR, "{\"input\": [[1]], \"output\": [" + row + "]}"));
    assertThat(ArcReader.read(file).get(0).test().output().width()).isEqualTo(31);
    assertThatThrownBy(() -> ArcReader.read(file, new ArcLimits(30, 30)))
        .hasMessage(file + ": /test/0/output is a grid of 1 x 31; expected at most 30 x 30");
    Path square =
        write("two.json", task(PAIR, "{\"input\": [[1]], \"output\": [" + row + "," + row + "]}"));
    assertThatThrownBy(() -> ArcReader.read(square))
        .hasMessage(square + ": /test/0/output is a grid of 2 x 31; expected at most 30 x 30");
  }

  @Test
  void folders_without_tasks_twin_ids_and_misplaced_kaggle_files_are_refused() throws IOException {
    assertThatThrownBy(() -> ArcReader.read(folder)).hasMessageContaining("holds no .json file");
    assertThatThrownBy(() -> ArcReader.read(folder.resolve("none")))
        .hasMessageContaining("no such file or folder");
    write("a/x.json", task(PAIR, PAIR));
    write("b/x.json", task(PAIR, PAIR));
    assertThatThrownBy(() -> ArcReader.read(folder))
        .hasMessageContaining("has the task id 'x'")
        .hasMessageContaining(folder.resolve("a/x.json").toString());
    write("a/challenges.json", "{}");
    assertThatThrownBy(() -> ArcReader.read(folder))
        .hasMessageContaining("name the challenges file itself");
  }

  @Test
  void an_id_that_a_number_makes_equal_to_another_is_refused() throws IOException {
    write("pair.json", task(PAIR, PAIR + "," + PAIR));
    assertThat(ArcReader.read(folder)).hasSize(2);
    write("deep/pair-1.json", task(PAIR, PAIR));
    assertThatThrownBy(() -> ArcReader.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": two tasks have the id 'pair-1'")
        .hasMessageContaining("ids must be unique");
    String input = "{\"input\": [[1]]}";
    Path kaggle =
        write(
            "k/challenges.json",
            "{\"a-0\": " + task(PAIR, input) + ", \"a\": " + task(PAIR, input + "," + input) + "}");
    write("k/solutions.json", "{\"a-0\": [[[1]]], \"a\": [[[1]], [[2]]]}");
    assertThatThrownBy(() -> ArcReader.read(kaggle))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(kaggle + ": two tasks have the id 'a-0'");
  }

  @Test
  void a_kaggle_pair_is_read_in_its_order_and_each_disagreement_is_refused() throws IOException {
    String inputs = "{\"input\": [[1]]}, {\"input\": [[1]]}";
    String entry = task(PAIR, inputs);
    String two = "{\"z\": " + entry + ", \"a\": " + task(PAIR, "{\"input\": [[1]]}") + "}";
    Path file = write("my_challenges_x.json", two);
    assertThatThrownBy(() -> ArcReader.read(file))
        .hasMessageContaining("my_solutions_x.json is missing");
    Path solutions = write("my_solutions_x.json", "{\"z\": [[[4]], [[5]]], \"a\": [[[6]]]}");
    assertThat(ArcReader.read(file))
        .extracting(task -> task.id() + " " + task.family() + " " + task.test().output())
        .containsExactly("z-0 z 4", "z-1 z 5", "a a 6");
    write("my_solutions_x.json", "{\"z\": [[[4]], [[5]]]}");
    assertThatThrownBy(() -> ArcReader.read(file))
        .hasMessage(solutions + ": lacks a solution for the task 'a' of " + file);
    write("my_solutions_x.json", "{\"z\": [[[4]]], \"a\": [[[6]]]}");
    assertThatThrownBy(() -> ArcReader.read(file))
        .hasMessageContaining(
            "/z has 1 output grids but " + file + " has 2 test inputs at /z/test");
    write("my_solutions_x.json", "{\"z\": [[[4]], [[5]]], \"a\": [[[6]]], \"b\": [[[6]]]}");
    assertThatThrownBy(() -> ArcReader.read(file)).hasMessageContaining("has solutions for [b]");
    write("my_solutions_x.json", "{\"z\": [[[4]], [[5]]], \"a\": [[[11]]]}");
    assertThatThrownBy(() -> ArcReader.read(file))
        .hasMessage(solutions + ": /a/0/0/0 is 11; expected a colour: an integer 0 to 9");
    write("my_challenges_x.json", "{\"z\": " + task(PAIR, PAIR + "," + PAIR) + "}");
    assertThatThrownBy(() -> ArcReader.read(file))
        .hasMessageContaining("/z/test/0/output is a list of 1; expected no other keys than input");
  }
}
