package org.seal4j.scripts.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.eval.report.WrappedText;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.RunListener;

/**
 * Prints what is said on the way, and last the table a person came for, its three figures, where
 * the report is and what to do next.
 *
 * @param screen how wide lines are
 * @param quiet whether to print the table alone
 * @param next the command that comes next, by the run's folder
 */
public record Console(PrintWriter out, Screen screen, boolean quiet, Function<Path, String> next)
    implements RunListener {
  private static final int INDENT = 2;

  @Override
  public void said(String line) {
    if (!quiet) {
      line.lines()
          .flatMap(one -> WrappedText.lines(one, screen.columns(), INDENT).stream())
          .forEach(out::println);
      out.flush();
    }
  }

  @Override
  public void finished(Findings findings, Path folder) {
    if (!quiet) {
      out.println();
    }
    ConsoleTable.lines(findings.results(), screen.columns()).forEach(out::println);
    if (!quiet) {
      print(findings.about() + ".");
    }
    if (!findings.warning().isEmpty()) {
      print(findings.warning());
    }
    if (!quiet) {
      out.println();
      print("in short: " + String.join("; ", findings.results().headline()) + ".");
      out.println("report:   " + folder.resolve("report.html"));
      out.println("next:     " + next.apply(folder));
    }
    out.flush();
  }

  private void print(String text) {
    WrappedText.lines(text, screen.columns(), 0).forEach(out::println);
  }
}
