package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.arc.OpenTask.TestGrid;
import org.seal4j.data.check.InputException;

class OpenTaskReaderTest {
  private static final String PAIR = "{\"input\": [[1]], \"output\": [[2, 3]]}";
  private static final String OPEN = "{\"input\": [[4]]}";
  private static final GridPair READ = new GridPair(Grid.parse("1"), Grid.parse("23"));
  private static final TestGrid KNOWN =
      new TestGrid(Grid.parse("1"), Optional.of(Grid.parse("23")));
  private static final TestGrid UNKNOWN = new TestGrid(Grid.parse("4"), Optional.empty());

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String task(String test) {
    return "{\"train\": [" + PAIR + "], \"test\": [" + test + "]}";
  }

  @Test
  void test_pairs_may_lack_their_output_and_stay_together() throws IOException {
    Path file = write("mine.json", task(OPEN + "," + PAIR));
    assertThat(OpenTaskReader.read(file))
        .containsExactly(new OpenTask("mine", "mine", List.of(READ), List.of(UNKNOWN, KNOWN)));
  }

  @Test
  void the_reader_of_the_loop_refuses_the_same_file() throws IOException {
    Path file = write("mine.json", task(OPEN));
    assertThatThrownBy(() -> ArcReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("/test/0 lacks the key 'output'");
  }

  @Test
  void a_demonstration_without_output_is_refused() throws IOException {
    Path file = write("mine.json", "{\"train\": [" + OPEN + "], \"test\": [" + OPEN + "]}");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("/train/0 lacks the key 'output'");
  }

  @Test
  void folders_are_read_as_the_loop_reads_them() throws IOException {
    write("fill/one.json", task(OPEN));
    write("two.json", task(PAIR));
    assertThat(OpenTaskReader.read(folder))
        .containsExactly(
            new OpenTask("one", "fill", List.of(READ), List.of(UNKNOWN)),
            new OpenTask("two", "two", List.of(READ), List.of(KNOWN)));
  }

  @Test
  void a_file_of_many_tasks_is_read_with_and_without_its_solutions() throws IOException {
    Path file =
        write("arc_challenges.json", "{\"b\": " + task(OPEN) + ", \"a\": " + task(OPEN) + "}");
    OpenTask open = new OpenTask("b", "b", List.of(READ), List.of(UNKNOWN));
    assertThat(OpenTaskReader.read(file)).hasSize(2).contains(open);
    assertThat(OpenTaskReader.read(file).get(0)).isEqualTo(open);
    Path other = write("tasks.json", Files.readString(file));
    assertThat(OpenTaskReader.read(other)).isEqualTo(OpenTaskReader.read(file));
    write("arc_solutions.json", "{\"a\": [[[5]]], \"b\": [[[6]]]}");
    assertThat(OpenTaskReader.read(file).get(0).tests())
        .containsExactly(new TestGrid(Grid.parse("4"), Optional.of(Grid.parse("6"))));
    assertThat(OpenTaskReader.read(other).get(0)).isEqualTo(open);
  }

  @Test
  void solutions_that_do_not_match_are_refused() throws IOException {
    Path file = write("arc_challenges.json", "{\"a\": " + task(OPEN) + "}");
    Path solutions = write("arc_solutions.json", "{\"b\": [[[5]]]}");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lacks a solution for the task 'a'");
    Files.writeString(solutions, "{\"a\": [[[5]], [[6]]]}");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 2 output grids but");
    Files.writeString(solutions, "{\"a\": [[[5]]], \"c\": [[[5]]]}");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has solutions for [c]");
  }

  @Test
  void two_tasks_of_one_id_are_refused() throws IOException {
    Path first = write("x/same.json", task(OPEN));
    Path second = write("y/same.json", task(PAIR));
    assertThatThrownBy(() -> OpenTaskReader.read(List.of(first, second)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has the task id 'same', which " + first + " has too");
    assertThat(OpenTaskReader.read(List.of(first))).hasSize(1);
  }

  @Test
  void what_is_not_there_or_damaged_is_refused() throws IOException {
    assertThatThrownBy(() -> OpenTaskReader.read(folder.resolve("nowhere.json")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no such file or folder");
    Path file = write("bad.json", "{\"train\": [");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("bad.json, line 1");
    Path empty = write("empty.json", "{}");
    assertThatThrownBy(() -> OpenTaskReader.read(empty))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds no task");
  }

  @Test
  void a_task_without_a_name_that_can_be_written_is_refused() throws IOException {
    Path nameless = write(".json", task(OPEN));
    assertThatThrownBy(() -> OpenTaskReader.read(List.of(nameless)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has a task without a name");
    Path blank = write("blank.json", "{\" \": " + task(OPEN) + "}");
    assertThatThrownBy(() -> OpenTaskReader.read(List.of(blank)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has a task without a name");
    Path half = write("half.json", "{\"\\ud800\": " + task(OPEN) + "}");
    assertThatThrownBy(() -> OpenTaskReader.read(List.of(half)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void a_solutions_file_in_place_of_its_challenges_is_refused_as_one() throws IOException {
    Path file = write("arc_solutions.json", "{\"a\": [[[5]]]}");
    assertThatThrownBy(() -> OpenTaskReader.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("for the task 'a', as a Kaggle solutions file has; expected a");
  }
}
