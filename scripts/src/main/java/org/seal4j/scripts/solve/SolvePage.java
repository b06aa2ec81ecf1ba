package org.seal4j.scripts.solve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.eval.report.AttemptedTask;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.grid.EditChoice;
import org.seal4j.rl.grid.PlannedTask;
import org.seal4j.rl.grid.SolvedTask;

/** The page of what was solved: every task in a picture, and how it came about. */
final class SolvePage {
  private SolvePage() {}

  static void write(Solving solving, Solving.Result result, String model, Path file) {
    List<AttemptedTask> tasks = result.tasks().stream().map(SolvePage::picture).toList();
    List<Fact> facts =
        List.of(
            new Fact("model", model),
            new Fact("self-edits of each task", Integer.toString(solving.settings().edits())),
            new Fact("attempts at most", Integer.toString(solving.settings().attempts())),
            new Fact("training steps at most", Long.toString(solving.settings().maxSteps())),
            new Fact("seed", Long.toString(solving.settings().seed())),
            new Fact("CPU time", String.format(Locale.ROOT, "%.1f s", result.cpuSeconds())));
    ReportWriter.writePage(
        "Seal4J solved tasks",
        Amount.of(tasks.size(), "task"),
        SolveLines.summary(result.tasks()),
        List.of(AttemptedTask.section(tasks), Sections.run(facts)),
        file);
  }

  private static AttemptedTask picture(SolvedTask solved) {
    List<AttemptedTask.Written> written = new ArrayList<>();
    int edits = solved.planned().edits().size();
    for (int i = 0; i < edits; i++) {
      PlannedTask.Edit edit = solved.planned().edits().get(i);
      written.add(
          new AttemptedTask.Written(
              "The policy chose: " + EditWords.withProbabilities(edit),
              EditWords.about(edit, edits, i + 1) + loss(solved.trainings().get(i)),
              edit.choices().stream().map(SolvePage::setting).toList()));
    }
    return new AttemptedTask(
        solved.task().id(),
        solved.task().family(),
        solved.task().demonstrations(),
        solved.grids().stream().map(SolvePage::asked).toList(),
        written);
  }

  private static String loss(Outcome.Training training) {
    return training.steps() == 0
        ? "."
        : String.format(
            Locale.ROOT,
            ", loss %.3f at first and %.3f at last.",
            training.firstLoss(),
            training.lastLoss());
  }

  private static AttemptedTask.Setting setting(EditChoice choice) {
    return new AttemptedTask.Setting(
        EditWords.name(choice.setting()),
        choice.value(),
        choice.options().stream()
            .map(option -> new AttemptedTask.Option(option.value(), option.probability()))
            .toList());
  }

  private static AttemptedTask.Asked asked(SolvedTask.SolvedGrid grid) {
    String note = grid.reason().map(reason -> "Not attempted: " + reason + ".").orElse("");
    return new AttemptedTask.Asked(grid.test().input(), grid.test().truth(), grid.attempts(), note);
  }
}
