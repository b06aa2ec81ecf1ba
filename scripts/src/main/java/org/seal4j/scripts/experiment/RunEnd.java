package org.seal4j.scripts.experiment;

import java.util.Map;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.ConsoleTable;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.RunContext;
import org.seal4j.scripts.run.RunFolder;

/** How every run ends: what machines read, and last on the console the table a person came for. */
public final class RunEnd {
  private RunEnd() {}

  /** Hashes the tables, which are all there by now, and writes results and timings. */
  public static void write(RunContext context, Results results, Timings timings) {
    RunFolder folder = context.folder();
    Checksums.write(folder.root());
    SummaryJson.write(context.recipe().recipe(), results, Map.of(), folder.summary());
    Json.write(folder.root().resolve("timings.json"), timings.soFar());
  }

  /**
   * Prints the table.
   *
   * @param about what its figures are, without a full stop
   * @param warning what a person should mind about it; empty for nothing
   */
  public static void print(RunContext context, Results results, String about, String warning) {
    context.say("");
    ConsoleTable.lines(results).forEach(context.out()::println);
    context.say(about + ".");
    if (!warning.isEmpty()) {
      context.out().println(warning);
    }
    context.say("report: " + context.folder().report());
  }
}
