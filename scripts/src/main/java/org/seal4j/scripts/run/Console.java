package org.seal4j.scripts.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.RunListener;

/**
 * Prints what is said on the way, and last the table a person came for.
 *
 * @param quiet whether to print the table alone
 */
public record Console(PrintWriter out, boolean quiet) implements RunListener {
  @Override
  public void said(String line) {
    if (!quiet) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void finished(Findings findings, Path folder) {
    said("");
    ConsoleTable.lines(findings.results()).forEach(out::println);
    said(findings.about() + ".");
    if (!findings.warning().isEmpty()) {
      out.println(findings.warning());
    }
    said("report: " + folder.resolve("report.html"));
  }
}
