package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RunMark;
import org.seal4j.data.json.Json;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.RunIdentity;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.experiment.Timings;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.recipe.RecordTree;

/** A run of the command line: what it leaves in its folder beyond what its experiment writes. */
public final class RunLab implements RunListener {
  /** Texts that another model wrote; a run that fails later must not ask for them again. */
  private static final String PAID_FOR = "teacher.json";

  private final Settings settings;
  private final RunFolder folder;
  private final int threads;
  private final Timings timings = new Timings();
  private volatile boolean begun;

  /**
   * What a run is made with.
   *
   * @param head name, kind, root seed
   * @param recipe its keys
   * @param backend what the tensors run on
   * @param cache folder for what several runs share, such as pretrained models by configuration
   *     hash; may not exist yet
   * @param invocation how the run was started
   */
  public record Settings(
      RecipeHead head, Record recipe, Backend backend, Path cache, Invocation invocation) {}

  RunLab(Settings settings, RunFolder folder, int threads) {
    this.settings = settings;
    this.folder = folder;
    this.threads = threads;
  }

  /**
   * Runs an experiment from its first row to its report. A new run that fails before its first
   * result leaves no folder behind.
   *
   * @param threads that run inner loops; results do not depend on their number
   * @return the seconds it took
   */
  public static <R extends Record> double run(
      Experiment<R> experiment,
      R recipe,
      Settings settings,
      RunFolder folder,
      int threads,
      RunListener listener) {
    Checks.require(threads >= 1, "--workers must be at least 1 but was %d", threads);
    RunLab run = new RunLab(settings, folder, threads);
    FolderLab.Settings place =
        new FolderLab.Settings(
            folder.root(),
            settings.cache,
            settings.backend.name(),
            settings.head.seed(),
            threads,
            settings.backend.engine());
    if (folder.resumed()) {
      RunProof.requireWhole(folder.root());
    }
    FolderLab lab =
        new FolderLab(place, RunListener.all(List.of(run, listener)), run.timings, run::inputs);
    try (lab) {
      lab.run(experiment, recipe);
      return run.timings.total();
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (!run.begun && !lab.hasRows() && !Files.exists(folder.root().resolve(PAID_FOR))) {
        folder.discard();
      }
      throw e;
    }
  }

  @Override
  public void evaluated(EditRow row) {
    begun = true;
  }

  @Override
  public void learned(LearningRow row) {
    begun = true;
  }

  /** Hashes the tables, which are all there by now, and writes summary, timings and page. */
  @Override
  public void finished(Findings findings, Path root) {
    RunProof.requireWhole(root);
    deleteOwnCache(root.resolve(RunFolder.OWN_CACHE));
    Checksums.write(root);
    boolean recorded = Files.exists(folder.manifest());
    String identity = recorded ? RunManifest.mark(root, RunManifest.IDENTITY) : "";
    SummaryJson.write(
        settings.head.recipe(), findings.results(), findings.figures(), identity, folder.summary());
    String seconds = RunMark.intoJson(Json.pretty(timings.soFar()), identity);
    Proof.writeText(root.resolve("timings.json"), Proof.intoJson(seconds));
    ReportWriter.write(
        new RunPage(settings, threads, timings).of(findings), identity, folder.report());
  }

  private static void deleteOwnCache(Path cache) {
    if (!Files.exists(cache)) {
      return;
    }
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", cache, AtomicFile.reason(e));
    }
  }

  /** Writes the manifest, or holds it against that of the run that is resumed. */
  void inputs(Map<String, String> hashes) {
    Invocation invocation = settings.invocation;
    RunManifest manifest =
        new RunManifest(
            new RunManifest.Start(
                settings.head.recipe(),
                invocation.commandLine(),
                settings.backend.name(),
                settings.head.seed(),
                Instant.now().toString()),
            RecordTree.of(settings.head, settings.recipe),
            hashes,
            invocation.versions(),
            Machine.here());
    if (!Files.exists(folder.manifest())) {
      manifest.write(
          folder.root(),
          Map.of(
              RunManifest.IDENTITY,
              RunIdentity.of(
                  settings.head.kind(),
                  settings.recipe,
                  settings.head.seed(),
                  settings.backend.computes(),
                  hashes),
              RunManifest.RECIPE_HASH,
              ContentHash.ofFile(folder.effective()),
              RunManifest.KERNELS,
              RunKernels.inUse(settings.backend),
              RunManifest.ENGINE,
              settings.backend.engine().toString()));
      return;
    }
    RunEngine.requireSame(folder.root(), settings.backend);
    RunKernels.requireSame(folder.root(), settings.backend);
    List<String> differences = RunManifest.read(folder.root()).differences(manifest);
    Checks.require(
        differences.isEmpty(),
        "%s cannot be resumed here, its results would differ: %s",
        folder.root(),
        String.join("; ", differences));
  }
}
