package org.seal4j.rl.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.data.table.TableSchema;
import org.seal4j.model.blas.KernelChoice;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.plan.Workers;

/**
 * One run in a folder, with threads of its own: how a program runs an experiment without the
 * command line. Several in one process, each with a folder of its own, give the rows that each
 * gives alone.
 *
 * <p>A run stops when its thread is interrupted or a listener throws. What its folder holds by then
 * stays valid: the same run over the same folder goes on, and ends with the rows of a run that was
 * never stopped.
 */
public final class FolderLab implements Lab, AutoCloseable {
  private static final String INPUTS = "inputs.json";

  private final Settings settings;
  private final RunListener listener;
  private final Workers workers;
  private final Timings timings;
  private final @Nullable Consumer<Map<String, String>> recorder;
  private final List<RowLog> logs = new ArrayList<>();
  private final Map<Path, String> tables = new TreeMap<>();
  private String recipe = "";
  private String identity = "";
  private Function<Map<String, String>, String> identify = hashes -> "";

  /**
   * Where and how a run computes.
   *
   * @param folder of the run; may not exist yet
   * @param cache folder that runs share, for pretrained models; may not exist yet
   * @param backend what the tensors run on, {@code cpu} or {@code cuda}; part of the cache's keys
   * @param seed root of all randomness
   * @param threads that run inner loops; results do not depend on their number
   * @param engine that runs the graphs; part of the cache's keys
   */
  public record Settings(
      Path folder, Path cache, String backend, long seed, int threads, Engine engine) {
    public Settings {
      Checks.require(threads >= 1, "threads must be at least 1 but was %d", threads);
    }

    /** With our kernels. */
    public Settings(Path folder, Path cache, String backend, long seed, int threads) {
      this(folder, cache, backend, seed, threads, Engine.KERNELS);
    }

    /** What computes, as keys and identities name it. */
    String computes() {
      return engine.on(backend);
    }
  }

  /** A run that keeps what it was made from in {@code inputs.json}. */
  public FolderLab(Settings settings, RunListener listener) {
    this(settings, listener, new Timings(), null);
  }

  /**
   * A run whose inputs somebody else records.
   *
   * @param timings counts the time of stages
   * @param recorder as {@link Lab#inputs}; null for {@code inputs.json}
   */
  public FolderLab(
      Settings settings,
      RunListener listener,
      Timings timings,
      @Nullable Consumer<Map<String, String>> recorder) {
    KernelChoice.make();
    this.settings = settings;
    this.listener = listener;
    this.timings = timings;
    this.recorder = recorder;
    try {
      Files.createDirectories(settings.folder);
    } catch (IOException e) {
      throw Checks.refuse(
          "cannot make the run folder %s: %s", settings.folder, AtomicFile.reason(e));
    }
    workers = new Workers(settings.threads, settings.engine);
  }

  /**
   * Runs an experiment on the calling thread, from its first row or from where it was stopped, and
   * tells the listener of its end.
   *
   * @throws CancellationException where the thread was interrupted; it still is then
   */
  public <R extends Record> Findings run(Experiment<R> experiment, R keys) {
    recipe = experiment.kind() + " " + keys;
    identify =
        hashes ->
            RunIdentity.of(experiment.kind(), keys, settings.seed, settings.computes(), hashes);
    KernelChoice.loss().ifPresent(this::say);
    try {
      Findings findings = experiment.run(this, keys);
      requireTables();
      listener.finished(findings, settings.folder);
      return findings;
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
      CancellationException stopped =
          new CancellationException(
              "the run in %s was interrupted; run it again in the same folder to go on"
                  .formatted(settings.folder));
      stopped.initCause(e);
      throw stopped;
    }
  }

  @Override
  public void inputs(Map<String, String> hashes) {
    identity = identify.apply(hashes);
    if (recorder != null) {
      recorder.accept(hashes);
      return;
    }
    Map<String, Object> now = new TreeMap<>();
    now.put("seed", settings.seed);
    now.put("recipe", recipe);
    now.put("data", new TreeMap<>(hashes));
    if (settings.engine != Engine.KERNELS) {
      now.put("engine", settings.engine.toString());
    }
    Path file = settings.folder.resolve(INPUTS);
    if (!Files.exists(file)) {
      ProvenJson.write(file, now);
      return;
    }
    Checks.require(
        Json.pretty(ProvenJson.read(file, Map.class)).equals(Json.pretty(now)),
        "%s holds a run with another seed, recipe, engine or data (see %s); choose another folder",
        settings.folder,
        INPUTS);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public void table(String name, TableSchema schema, List<Row> rows) {
    Path file = settings.folder.resolve(name + ".arrow");
    tables.put(file, ArrowTable.write(file, schema, rows).sha256());
  }

  /** Refuses tables that somebody changed, replaced or removed since this run wrote them. */
  private void requireTables() {
    tables.forEach(
        (file, written) ->
            Checks.require(
                ContentHash.ofFile(file).equals(written),
                "%s was changed or replaced after this run wrote it; find out by whom, and resume"
                    + " the run, which writes it again",
                file));
    try (Stream<Path> all = Files.list(settings.folder)) {
      all.filter(file -> file.toString().endsWith(".arrow") && !tables.containsKey(file))
          .findFirst()
          .ifPresent(
              file -> {
                throw Checks.refuse(
                    "%s is a table that this run has not written; move it out of the folder, and"
                        + " resume the run",
                    file);
              });
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", settings.folder, AtomicFile.reason(e));
    }
  }

  @Override
  public RowLog log(String name, TableSchema schema) {
    RowLog log = Lab.super.log(name, schema);
    logs.add(log);
    return log;
  }

  /** Whether a log that this run opened by {@link #log} has a row: a first result. */
  public boolean hasRows() {
    return logs.stream().anyMatch(log -> !log.rows().isEmpty());
  }

  @Override
  public Pretrained pretrained(Pretraining how) {
    Pretrainer pretrainer = new Pretrainer(settings.cache, settings.computes(), how, listener);
    say(
        (pretrainer.isCached() ? "pretrained model from " : "pretraining into ")
            + pretrainer.folder());
    return pretrainer.obtain(workers);
  }

  @Override
  public Seeds seeds() {
    return Seeds.of(settings.seed);
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
    return settings.folder;
  }

  @Override
  public <T> T stage(String name, Supplier<T> body) {
    return timings.stage(name, body);
  }

  @Override
  public void close() {
    workers.close();
  }
}
