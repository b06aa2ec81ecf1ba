package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.SmallForm;

/** Runs inside another program: interrupted, resumed, several at once. */
@Tag("slow")
class HostedRunTest {
  @TempDir static Path temp;
  private static Map<String, String> alone;

  @BeforeAll
  static void runs_alone() throws IOException {
    run("alone", 1, RunListener.silent());
    alone = tables("alone");
    assertThat(alone).containsKeys("edits.arrows", "learning.arrows", "evaluations.arrow");
  }

  private static ArcKeys recipe() {
    List<String> settings =
        SmallForm.settings(
            "arc-smoke", "gate.tasks=1", "loop.contextsPerRound=1", "evaluate.contexts=1");
    return Recipes.config("arc-smoke", settings.toArray(String[]::new));
  }

  private static void run(String name, long seed, RunListener listener) {
    Path cache = temp.resolve("cache-" + name.replaceAll("[0-9]", ""));
    FolderLab.Settings settings = new FolderLab.Settings(temp.resolve(name), cache, "cpu", seed, 2);
    try (FolderLab lab = new FolderLab(settings, listener)) {
      lab.run(new ArcExperiment(), recipe());
    }
  }

  private static Map<String, String> tables(String name) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(temp.resolve(name))) {
      files
          .filter(file -> file.toString().contains(".arrow"))
          .forEach(file -> hashes.put(file.getFileName().toString(), ContentHash.ofFile(file)));
    }
    return hashes;
  }

  /** Interrupts the thread of the run when a part of it has come so far. */
  private record Interrupter(Thread run, String part, boolean[] inPart) implements RunListener {
    @Override
    public void start(String what, long total) {
      inPart[0] = what.equals(part);
    }

    @Override
    public void step(long done, String note) {
      if (inPart[0] && done >= 1) {
        run.interrupt();
      }
    }
  }

  @Test
  void an_interrupted_run_stops_and_ends_with_the_same_rows_when_it_is_run_again()
      throws Exception {
    List<String> parts =
        List.of("pretraining", "train (round 1): evaluating edits", "round 1: evaluating edits");
    ExecutorService host = Executors.newSingleThreadExecutor();
    try {
      for (String part : parts) {
        Future<?> run =
            host.submit(
                () ->
                    run(
                        "stopped",
                        1,
                        new Interrupter(Thread.currentThread(), part, new boolean[1])));
        assertThatThrownBy(run::get)
            .as("interrupted in %s", part)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(CancellationException.class)
            .hasMessageContaining("was interrupted; run it again in the same folder to go on");
      }
    } finally {
      host.shutdownNow();
    }
    run("stopped", 1, RunListener.silent());
    assertThat(tables("stopped")).isEqualTo(alone);
  }

  @Test
  void two_runs_at_once_give_the_rows_of_one_alone() throws Exception {
    ExecutorService host = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<Void>> runs =
          Stream.of("together1", "together2")
              .map(
                  name ->
                      CompletableFuture.runAsync(() -> run(name, 1, RunListener.silent()), host))
              .toList();
      runs.forEach(CompletableFuture::join);
    } finally {
      host.shutdownNow();
    }
    assertThat(tables("together1")).isEqualTo(alone);
    assertThat(tables("together2")).isEqualTo(alone);
  }

  @Test
  void a_folder_of_another_seed_is_refused() {
    assertThatThrownBy(() -> run("alone", 2, RunListener.silent()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "holds a run with another seed, recipe, engine or data (see inputs.json)");
  }
}
