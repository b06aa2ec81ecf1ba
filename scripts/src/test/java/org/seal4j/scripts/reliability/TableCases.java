package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.squad.OfflineGrader;

/** Tables, tasks, graders and JSON: F15, F16, F18, F19 and the passages of F23. */
final class TableCases {
  private final CasesTest.Room room;

  private TableCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    TableCases cases = new TableCases(room);
    cases.nulls();
    cases.duplicates();
    cases.tasks();
    cases.graders();
    cases.json();
  }

  private void nulls() {
    CasesTest.Group group = room.group("F15-arrow-null");
    Map<String, String> columns =
        Map.of(
            "a_nullq", "questions",
            "a_nullq2", "questions",
            "a_nullc", "completions",
            "a_nullans", "answers");
    columns.forEach(
        (name, column) ->
            group.test(
                name + ": file, row and column in one sentence",
                () ->
                    room.product
                        .run("passages", group.folder.resolve(name + ".arrow"))
                        .refused(name + ".arrow", "row", column, "null")));
    group.end();
  }

  private void duplicates() {
    CasesTest.Group group = room.group("F16-arrow-duplicate-ids");
    for (String name : List.of("a_dupp", "a_dupq")) {
      group.test(
          name + ": an id given twice is refused",
          () ->
              room.product
                  .run("passages", group.folder.resolve(name + ".arrow"))
                  .refused(name + ".arrow", "id"));
    }
    group.end();
  }

  private void tasks() {
    CasesTest.Group group = room.group("F18-arc-duplicate-id");
    group
        .test(
            "two tasks of one id are refused by the reader",
            () ->
                assertThatThrownBy(() -> ArcReader.read(tasks(group)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("t1-0"))
        .test(
            "and by a run, which leaves nothing behind",
            () -> {
              Path out = group.temp.resolve("out");
              room.product
                  .run("run", "arc-real", "--set=data.tasks=" + tasks(group), "--out", out)
                  .refused("t1-0");
              assertThat(out).doesNotExist();
            })
        .end();
  }

  /** The task files alone. */
  private static Path tasks(CasesTest.Group group) {
    Path folder = group.temp.resolve("tasks");
    for (String name : List.of("t1.json", "t1-0.json")) {
      Cases.copyFile(group.folder.resolve(name), folder.resolve(name));
    }
    return folder;
  }

  private void graders() {
    CasesTest.Group group = room.group("F19-gold-article");
    group
        .test(
            "recall of 'A' in 'It is a cat' is 0",
            () -> assertThat(grade(OfflineGrader.TOKEN_RECALL, "A", "It is a cat")).isZero())
        .test(
            "'A' contains 'A'",
            () -> assertThat(grade(OfflineGrader.CONTAINMENT, "A", "A")).isOne())
        .test(
            "recall of 'The The' in 'the band' is below 1",
            () ->
                assertThat(grade(OfflineGrader.TOKEN_RECALL, "The The", "the band")).isLessThan(1))
        .end();
  }

  private static double grade(OfflineGrader grader, String gold, String answer) {
    return grader.grade("Which?", List.of(gold), answer);
  }

  private void json() {
    CasesTest.Group group = room.group("F23-json-jargon passages");
    for (String name : List.of("trunc.json", "jsonl.json")) {
      group.test(
          name + ": plain words and a place",
          () -> room.product.run("passages", group.folder.resolve(name)).refused(name, "line"));
    }
    group
        .test(
            "NaN in a key that is not used is passed over",
            () -> room.product.run("passages", group.folder.resolve("nan.json")).done())
        .test(
            "deep nesting: plain words",
            () -> {
              Path deep = group.temp.resolve("deep.json");
              Cases.write(deep, "[".repeat(5000) + "]".repeat(5000));
              room.product.run("passages", deep).refused("deep.json");
            })
        .end();
  }
}
