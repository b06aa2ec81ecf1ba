package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** Runs for a given time, in small: what is said, recorded and reported of the plan. */
@Tag("slow")
class BudgetRunTest {
  @TempDir static Path temp;
  private static Path model;
  private static Path notes;

  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_documents() throws IOException {
    model = SmallModel.at(temp.resolve("model"), "");
    notes = Files.createDirectories(temp.resolve("notes"));
    Files.writeString(
        notes.resolve("hill.md"),
        "# Orchard\n\nThe orchard was planted in 1902.\n\n# Mill\n\nThe mill burned in 1911.\n\n"
            + "# School\n\nThe school has two rooms.\n");
    Files.writeString(notes.resolve("inn.txt"), "Inn\n\nThe inn has nine beds.\n");
  }

  private String seal(Path run, String... more) {
    List<String> line = new ArrayList<>(List.of("adapt", "--model=" + model));
    line.addAll(List.of("--documents=" + notes, "--out=" + run, "--readings=14", "--force"));
    for (String set : List.of("questions.answerTokens=4", "proof.answerTokens=4")) {
      line.add("--set=" + set);
    }
    line.addAll(List.of("--set=proof.maxHarm=1000", "--set=questions.heldOut=1"));
    line.addAll(List.of(more));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    Path home = RecipeHome.at(temp.resolve("home"), "adapt");
    int code =
        new Seal(
                new Experiments(List.of(new AdaptExperiment())),
                Optional.of(home),
                (again, environment) -> 99)
            .run(line, writer, writer);
    assertThat(code).as(out.toString()).isZero();
    return out.toString().replaceAll("\\s+", " ");
  }

  @Test
  void with_time_enough_all_is_learned_and_the_plan_is_recorded() throws IOException {
    Path run = own.resolve("run");
    assertThat(seal(run, "--budget=5h", "--set=questions.count=1"))
        .contains("budget: in 5h, 4 of 4 passages, each in 14 of 14 readings")
        .contains("nothing is dropped", "to do: 6 questions about each passage")
        .contains("time: about ", " for all of it by the speed of this machine: questions ")
        .doesNotContain("dropped by the budget");
    assertThat(run.resolve("effective.yaml"))
        .content()
        .contains("passages: 4", "time: 5h", "readings: 14");
    assertThat(run.resolve("dropped.arrow")).doesNotExist();
    assertThat(run.resolve("summary.json")).content().contains("\"passagesDropped\"");
    assertThat(run.resolve("report.html")).content().contains("in 5h, 4 of 4 passages");
  }

  @Test
  void what_a_plan_drops_is_listed_where_it_is_said_reported_and_stored() throws IOException {
    Path run = own.resolve("run");
    String said =
        seal(
            run,
            "--max-passages=2",
            "--set=questions.count=1",
            "--set=budget={time: 15m, passages: 4, readings: 40, questions: 12}");
    assertThat(said)
        .contains("dropped by the budget: hill.md, passage 3")
        .contains("dropped by the budget: inn.txt, passage 1")
        .doesNotContain("hill.md, passage 2");
    assertThat(run.resolve("report.html"))
        .content()
        .contains("in 15m, 2 of 4 passages, each in 14 of 40 readings")
        .contains("hill.md, passage 3", "inn.txt, passage 1");
    assertThat(run.resolve("summary.json"))
        .content()
        .containsPattern("\"passagesDropped\" *: *\\{[^}]*\"value\" *: *2")
        .containsPattern("\"readingsDropped\" *: *\\{[^}]*\"value\" *: *26")
        .containsPattern("\"questionsDropped\" *: *\\{[^}]*\"value\" *: *11");
    List<Row> rows = ArrowTable.read(run.resolve("dropped.arrow")).rows();
    assertThat(rows).extracting(row -> row.string("passage")).hasSize(2).contains("inn.txt/1");
    assertThat(rows.get(0).string("title")).contains("School");
    assertThat(rows.get(0).int32("words")).isPositive();
  }
}
