package org.seal4j.scripts.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.adapt.BundleAddition;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.run.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seal adapters add}: documents that a bundle is to know, too. */
@Command(
    name = "add",
    description = {
      "Add documents to a bundle, or bring those that have changed up to date.",
      "Passages that are as before keep their adapters, also those of a file that was renamed or"
          + " moved; others are learned as the bundle was made. A command that was stopped goes on"
          + " when it is given again."
    },
    footer = {
      "",
      "Examples:",
      "  seal adapters add runs/notes notes/pump.md",
      "  seal adapters add runs/notes notes/"
    },
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // fields are set by picocli before the command runs
final class BundleAddCommand implements Callable<Integer> {
  @ParentCommand private AdaptersCommand parent;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle, or its run.")
  private Path bundle;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Documents, named as they were: a file that was below a folder by that folder.")
  private List<Path> documents = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model of the bundle, where it does not lie where it did.")
  private @Nullable Path model;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads; results do not depend on it. Default: all cores.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--quiet", description = "Print only what became of each document.")
  private boolean quiet;

  @Override
  public Integer call() {
    Checks.require(workers >= 1, "--workers must be at least 1 but was %d", workers);
    return ComputeBackend.run(parent.seal(), this::add);
  }

  private void add() {
    PrintWriter out = spec.commandLine().getOut();
    RunListener said =
        new RunListener() {
          @Override
          public void said(String line) {
            out.println(Terminal.shown(line));
            out.flush();
          }
        };
    RunListener listener =
        quiet ? RunListener.silent() : RunListener.all(List.of(said, ProgressBar.onErrorStream()));
    Bundle opened = Bundle.open(bundle);
    new BundleAddition(opened, documents, model, workers, listener)
        .run()
        .forEach(line -> out.println(Terminal.shown(line)));
    out.flush();
  }
}
