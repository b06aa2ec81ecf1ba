package org.seal4j.scripts.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.SummaryJson;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Pretrained;
import org.seal4j.rl.experiment.Pretrainer;
import org.seal4j.rl.experiment.Pretraining;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.experiment.Timings;
import org.seal4j.scripts.recipe.RecipeHead;
import org.seal4j.scripts.recipe.RecordTree;

/** A run in a folder of its own: the lab of its experiment, and what every run leaves. */
public final class RunLab implements Lab {
  private final Settings settings;
  private final RunFolder folder;
  private final Workers workers;
  private final RunListener listener;
  private final Timings timings = new Timings();

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

  RunLab(Settings settings, RunFolder folder, Workers workers, RunListener listener) {
    this.settings = settings;
    this.folder = folder;
    this.workers = workers;
    this.listener = listener;
  }

  /**
   * Runs an experiment from its first row to its report.
   *
   * @param threads that run inner loops; results do not depend on their number
   */
  public static <R extends Record> void run(
      Experiment<R> experiment,
      R recipe,
      Settings settings,
      RunFolder folder,
      int threads,
      RunListener listener) {
    Checks.require(threads >= 1, "--workers must be at least 1 but was %d", threads);
    try (Workers workers = new Workers(threads)) {
      RunLab lab = new RunLab(settings, folder, workers, listener);
      lab.write(experiment.run(lab, recipe));
    }
  }

  /** Hashes the tables, which are all there by now, and writes summary, timings and page. */
  private void write(Findings findings) {
    Checksums.write(folder.root());
    SummaryJson.write(
        settings.head.recipe(), findings.results(), findings.figures(), folder.summary());
    Json.write(folder.root().resolve("timings.json"), timings.soFar());
    ReportWriter.write(
        new RunPage(settings, workers.size(), timings).of(findings), folder.report());
    listener.finished(findings, folder.root());
  }

  @Override
  public Seeds seeds() {
    return Seeds.of(settings.head.seed());
  }

  @Override
  public Workers workers() {
    return workers;
  }

  @Override
  public RunListener listener() {
    return listener;
  }

  @Override
  public Path folder() {
    return folder.root();
  }

  @Override
  public void inputs(Map<String, String> hashes) {
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
      manifest.write(folder.root());
      return;
    }
    List<String> differences = RunManifest.read(folder.root()).differences(manifest);
    Checks.require(
        differences.isEmpty(),
        "%s cannot be resumed here, its results would differ: %s",
        folder.root(),
        String.join("; ", differences));
  }

  @Override
  public Pretrained pretrained(Pretraining how) {
    Pretrainer pretrainer = new Pretrainer(settings.cache, settings.backend.name(), how, listener);
    say(
        (pretrainer.isCached() ? "pretrained model from " : "pretraining into ")
            + pretrainer.folder());
    return pretrainer.obtain(workers);
  }

  @Override
  public <T> T stage(String name, Supplier<T> body) {
    return timings.stage(name, body);
  }
}
