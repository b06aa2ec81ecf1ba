package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.file.TextFile;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.grid.SolvedTask;
import org.seal4j.scripts.arc.KeptModel;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.run.RunOrigin;
import org.seal4j.scripts.run.Screen;
import org.seal4j.scripts.run.Terminal;
import org.seal4j.scripts.solve.SolvedFolder;
import org.seal4j.scripts.solve.Solving;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code seal solve} says while it works and of what it found.
 *
 * @param spec of the command, which says where it prints
 * @param quiet whether only what became of each task is said
 * @param json whether {@code attempts.json} is printed instead
 * @param screen how wide a line may be
 */
record SolveOutput(CommandSpec spec, boolean quiet, boolean json, Screen screen) {
  private static final int INDENT = 8;

  /** The model as a person knows it: by its recipe where its run is still around it. */
  static String name(KeptModel kept) {
    Optional<RunOrigin> run = RunOrigin.around(kept.folder());
    return "%s (%s%s, %s parameters)"
        .formatted(
            run.map(RunOrigin::folder).orElse(kept.folder().toString()),
            run.map(origin -> origin.recipe() + " ").orElse(""),
            kept.policyInWords(),
            String.format(Locale.ROOT, "%,d", kept.parameters()));
  }

  /**
   * Before it begins.
   *
   * @param model as a person knows it
   * @param computes backend and workers
   * @param folder that is written
   */
  void announce(Solving solving, String model, String computes, long seed, Path folder) {
    if (quiet || json) {
      return;
    }
    long grids = solving.tasks().stream().mapToLong(task -> task.tests().size()).sum();
    print(
        "seal %s: solving %s with %s, model %s, backend %s, seed %d."
            .formatted(
                Version.of("seal"),
                Amount.of(solving.tasks().size(), "task"),
                Amount.of(grids, "test grid"),
                model,
                computes,
                seed));
    print("writes: " + folder);
  }

  /** Says what happens meanwhile. */
  RunListener listener() {
    if (quiet) {
      return RunListener.silent();
    }
    RunListener said =
        new RunListener() {
          @Override
          public void said(String line) {
            if (!json) {
              print(line);
            }
          }
        };
    return RunListener.all(List.of(said, ProgressBar.onErrorStream()));
  }

  /**
   * At the end.
   *
   * @param folder that was written
   * @param submission that was written; null for none
   */
  void result(Solving.Result result, Path folder, @Nullable Path submission) {
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.print(TextFile.read(folder.resolve(SolvedFolder.ATTEMPTS)));
    } else {
      SolvedFolder.lines(result.tasks(), screen.columns()).forEach(this::print);
      print(SolvedFolder.summary(result.tasks()));
      if (!quiet) {
        print("page:     " + folder.resolve(SolvedFolder.PAGE));
        print("attempts: " + folder.resolve(SolvedFolder.ATTEMPTS));
        if (submission != null) {
          print("Kaggle:   " + submission);
        }
      }
    }
    to.flush();
    result.tasks().forEach(this::sayWhatWasNotAsked);
  }

  private void sayWhatWasNotAsked(SolvedTask task) {
    for (int i = 0; i < task.grids().size(); i++) {
      Optional<String> reason = task.grids().get(i).reason();
      if (reason.isPresent()) {
        spec.commandLine()
            .getErr()
            .println(
                Terminal.shown(
                    "seal: no attempt at test %d of task %s: %s"
                        .formatted(i + 1, task.task().id(), reason.get())));
      }
    }
  }

  private void print(String text) {
    WrappedText.lines(text, screen.columns(), INDENT).forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
  }
}
