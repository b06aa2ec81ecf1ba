package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.doctor.Doctor;
import org.seal4j.scripts.doctor.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal doctor}: whether this machine can run Seal4J, and what is missing. */
@Command(
    name = "doctor",
    description = {
      "Look at Java, memory, disks, processor and kernels, and compare one op of each kind with"
          + " plain Java.",
      "Exit code 2 where something has to be changed before runs can be trusted."
    },
    footer = {"", "Examples:", "  seal doctor", "  seal doctor --json"},
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Mixin private BackendOptions backend;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> missing = backend.missingEnvironment(null);
    if (!missing.isEmpty()) {
      return seal.again(missing);
    }
    List<Finding> findings = Doctor.examine(backend::load, seal.cache());
    long faults = count(findings, Finding.State.FAULT);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Json.pretty(Map.of("sound", faults == 0, "findings", findings)));
    } else {
      findings.forEach(finding -> out.println(line(finding)));
      out.println(summary(faults, count(findings, Finding.State.ADVICE)));
    }
    out.flush();
    return faults == 0 ? 0 : Seal.EXIT_INPUT;
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }

  private static String line(Finding finding) {
    String state = finding.state().name().toLowerCase(Locale.ROOT);
    return Shown.line("%-6s  %-9s  %s".formatted(state, finding.topic(), finding.text()));
  }

  private static String summary(long faults, long advice) {
    String said = faults == 0 ? "sound" : faults + " to be changed before runs can be trusted";
    return advice == 0 ? said : said + "; " + advice + " could be better";
  }
}
