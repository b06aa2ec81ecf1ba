package org.seal4j.scripts.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.run.BackendChoice;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunKernels;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.run.RunProof;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal verify}: proves that a run folder is as it was written. */
@Command(
    name = "verify",
    description = {
      "Prove that every file of a run is as it was written, by the hash that it carries.",
      "Reads only. Exit code 2 where a file is damaged, missing or of another run."
    },
    footer = {
      "",
      "Examples:",
      "  seal verify runs/arc-quick-20260131-120000",
      "  seal verify runs/arc-quick-20260131-120000 --again"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private Seal seal;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, finished or not.")
  private Path run;

  @Option(
      names = "--again",
      description =
          "Also run it again in a temporary folder, and compare the bytes of every file that two"
              + " equal runs share.")
  private boolean again;

  @Option(
      names = "--no-cache",
      description = "With --again: pretrain again, too, instead of taking the cached model.")
  private boolean noCache;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    RunProof proof = RunProof.of(run);
    List<RunProof.Finding> findings = new ArrayList<>(proof.findings());
    if (again) {
      Checks.require(
          proof.finished(),
          "--again compares a finished run, and %s is not finished; resume it first: seal run"
              + " --resume %s",
          run,
          run);
      if (proof.good()) {
        Map<String, String> missing = RunKernels.missingEnvironment(BackendChoice.AUTO, run);
        if (!missing.isEmpty()) {
          return seal.again(missing);
        }
        findings.addAll(anew());
      }
    }
    boolean good = findings.stream().allMatch(finding -> finding.state().good());
    print(findings, good, proof.finished());
    return good ? 0 : Seal.EXIT_INPUT;
  }

  private void print(List<RunProof.Finding> findings, boolean good, boolean finished) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(Json.pretty(Map.of("good", good, "finished", finished, "files", findings)));
      return;
    }
    for (RunProof.Finding finding : findings) {
      String state = finding.state().name().toLowerCase(Locale.ROOT);
      out.println("%-10s  %s%s".formatted(state, finding.file(), more(finding.text())));
    }
    long bad = findings.stream().filter(finding -> !finding.state().good()).count();
    if (bad > 0) {
      out.flush();
      spec.commandLine()
          .getErr()
          .println(
              "seal: %d of %d files of %s are not as they were written"
                  .formatted(bad, findings.size(), run));
    } else {
      out.println(
          "%s is as it was written: %d files, %s"
              .formatted(
                  run,
                  findings.size(),
                  finished ? "finished" : "not finished; seal run --resume goes on"));
    }
  }

  private static String more(String text) {
    return text.isEmpty() ? "" : ": " + text;
  }

  /** The findings of a second run, elsewhere. */
  private List<RunProof.Finding> anew() {
    Path folder = temporary();
    try {
      Path second = folder.resolve("run");
      List<String> line =
          new ArrayList<>(List.of("run", run.resolve(RunFolder.EFFECTIVE).toString()));
      line.addAll(List.of("--out", second.toString(), "--quiet"));
      line.addAll(List.of("--backend", RunManifest.read(run).run().backend()));
      if (noCache) {
        line.add("--no-cache");
      }
      PrintWriter nowhere = new PrintWriter(java.io.Writer.nullWriter());
      int code = seal.again(line, nowhere, spec.commandLine().getErr());
      Checks.require(code == 0, "the second run of %s ended with exit code %d", run, code);
      return differences(second);
    } finally {
      delete(folder);
    }
  }

  private List<RunProof.Finding> differences(Path second) {
    List<RunProof.Finding> findings = new ArrayList<>();
    Map<String, String> now = Checksums.read(second);
    Checksums.read(run)
        .forEach(
            (name, then) -> {
              boolean same =
                  then.equals(now.get(name)) && then.equals(ContentHash.ofFile(run.resolve(name)));
              findings.add(
                  new RunProof.Finding(
                      name + " (again)",
                      same ? RunProof.State.OK : RunProof.State.FOREIGN,
                      same
                          ? "the same bytes"
                          : "a second run made other bytes: it used another program, machine or"
                              + " data; see manifest.json"));
            });
    return findings;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("seal-verify");
    } catch (IOException e) {
      throw Checks.refuse("cannot make a temporary folder: %s", AtomicFile.reason(e));
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
