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
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.launch.OnStop;
import org.seal4j.scripts.run.BackendChoice;
import org.seal4j.scripts.run.BundleProof;
import org.seal4j.scripts.run.Checksums;
import org.seal4j.scripts.run.Durations;
import org.seal4j.scripts.run.NewFolder;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.run.RunEngine;
import org.seal4j.scripts.run.RunFolder;
import org.seal4j.scripts.run.RunKernels;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.run.RunProof;
import org.seal4j.scripts.run.StoredRecipe;
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
      "Prove that every file of a run, or of a bundle of adapters, is as it was written, by the hash"
          + " that it carries.",
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

  @Parameters(
      paramLabel = "RUN|BUNDLE",
      description = "Folder of a run, finished or not, or of a bundle.")
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
    if (Files.isRegularFile(run.resolve(Bundle.FILE))) {
      return bundle();
    }
    Checks.require(
        !BundlePath.lacksFile(run),
        "%s has the adapters and the index of a bundle, but its %s is missing; take it from a copy",
        run,
        Bundle.FILE);
    RunProof proof = RunProof.of(run);
    List<RunProof.Finding> findings = proof.findings();
    List<RunProof.Finding> second = List.of();
    if (again) {
      Checks.require(
          proof.finished(),
          "--again compares a finished run, and %s is not finished; resume it first: %s",
          run,
          goOn());
      if (proof.good()) {
        Map<String, String> missing = RunKernels.missingEnvironment(BackendChoice.AUTO, run);
        if (!missing.isEmpty()) {
          return seal.again(missing);
        }
      }
    }
    lines(findings);
    if (again && proof.good()) {
      second = anew();
      lines(second);
    }
    boolean good = bad(findings) + bad(second) == 0;
    if (json) {
      List<Line> files = Stream.concat(findings.stream(), second.stream()).map(Line::of).toList();
      out().print(Json.pretty(Map.of("good", good, "finished", proof.finished(), "files", files)));
    } else if (good) {
      out().println(success(findings.size(), second.size(), proof.finished()));
    } else {
      out().flush();
      failure(findings, second);
    }
    return good ? 0 : Seal.EXIT_INPUT;
  }

  /** Proves a bundle by itself, which may have been changed since its run. */
  private int bundle() {
    Checks.require(!again, "--again repeats a run, and %s is a bundle; name the run", run);
    List<RunProof.Finding> findings = BundleProof.of(run);
    lines(findings);
    boolean good = bad(findings) == 0;
    if (json) {
      List<Line> files = findings.stream().map(Line::of).toList();
      out().print(Json.pretty(Map.of("good", good, "finished", true, "files", files)));
    } else if (good) {
      out().println(run + " is as it was written: " + Amount.of(findings.size(), "part"));
    } else {
      out().flush();
      failure(findings, List.of());
    }
    return good ? 0 : Seal.EXIT_INPUT;
  }

  /** One file, as it is printed. */
  private record Line(String file, String state, String text) {
    static Line of(RunProof.Finding finding) {
      String state = finding.state().name().toLowerCase(Locale.ROOT);
      return new Line(finding.file(), state, finding.text());
    }

    String shown() {
      return "%-10s  %s%s".formatted(state, file, text.isEmpty() ? "" : ": " + text);
    }
  }

  private void lines(List<RunProof.Finding> findings) {
    if (!json) {
      findings.forEach(finding -> out().println(Line.of(finding).shown()));
      out().flush();
    }
  }

  private String success(int files, int equal, boolean finished) {
    return "%s is as it was written: %s, %s%s"
        .formatted(
            run,
            Amount.of(files, "file"),
            finished ? "finished" : "not finished; to go on: " + goOn(),
            equal == 0 ? "" : "; %d of them equal in the second run".formatted(equal));
  }

  private void failure(List<RunProof.Finding> findings, List<RunProof.Finding> second) {
    String sentence =
        bad(findings) > 0
            ? "%d of %s of %s are not as they were written"
                .formatted(bad(findings), Amount.of(findings.size(), "file"), run)
            : "%d of %s of %s came out otherwise in the second run"
                .formatted(bad(second), Amount.of(second.size(), "file"), run);
    spec.commandLine().getErr().println("seal: " + sentence);
  }

  private static long bad(List<RunProof.Finding> findings) {
    return findings.stream().filter(finding -> !finding.state().good()).count();
  }

  private String goOn() {
    return CommandName.with("run", "--resume", run.toString());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The findings of a second run, elsewhere. */
  private List<RunProof.Finding> anew() {
    if (!json) {
      out().println("running it again" + howLong());
      out().flush();
    }
    Path folder = temporary();
    try {
      return OnStop.resultOf(() -> anew(folder), () -> stopped(folder));
    } finally {
      delete(folder);
    }
  }

  private List<RunProof.Finding> anew(Path folder) {
    Path second = folder.resolve("run");
    List<String> line =
        new ArrayList<>(List.of("run", run.resolve(RunFolder.EFFECTIVE).toString()));
    line.addAll(List.of("--out", second.toString(), json ? "--quiet" : "--json"));
    String backend = RunManifest.read(run).run().backend();
    line.addAll(List.of("--backend", backend, EngineOptions.ENGINE, RunEngine.recorded(run)));
    if (backend.equals("cuda")) {
      line.add(BackendOptions.UNPROVEN);
    }
    if (noCache) {
      line.add("--no-cache");
    }
    PrintWriter nowhere = new PrintWriter(java.io.Writer.nullWriter());
    int code = seal.again(line, nowhere, spec.commandLine().getErr());
    Checks.require(code == 0, "the second run of %s ended with exit code %d", run, code);
    return differences(second);
  }

  private void stopped(Path folder) {
    NewOutput.takeBack(new NewFolder(folder, List.of(folder)));
    PrintWriter err = spec.commandLine().getErr();
    err.println();
    err.println("seal: stopped in the second run, of which nothing is kept; " + run + " is whole");
    err.flush();
  }

  /** The time of the last such run on this machine, where there was one. */
  private String howLong() {
    OptionalDouble last =
        Durations.in(seal.cache())
            .of(StoredRecipe.text(run), Runtime.getRuntime().availableProcessors());
    return last.isPresent() ? " (about " + ProgressBar.time(last.getAsDouble()) + ")" : "";
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
