package org.seal4j.scripts.adapt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.report.Condition;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.recipe.RecipeDraft;

/**
 * Documents in, adapter out, in a program:
 *
 * <pre>{@code
 * Adaptation.Result result =
 *     Adaptation.of(Path.of("models/smollm2.gguf"))
 *         .documents(Path.of("notes"))
 *         .distill()
 *         .run(Path.of("runs/notes"));
 * }</pre>
 *
 * <p>It runs the recipe {@code adapt}; {@link #set} changes any of its keys. A run that was stopped
 * goes on when it is run again in the same folder.
 */
public final class Adaptation {
  private final Path model;
  private final List<Path> documents = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();
  private RunListener listener = RunListener.silent();
  private long seed = 1;
  private int threads = Runtime.getRuntime().availableProcessors();

  private Adaptation(Path model) {
    this.model = model;
  }

  /**
   * What came of it.
   *
   * @param adapter folder of the adapter, or of the bundle; empty where it did not help, or harmed
   *     too much
   * @param before share of the questions about the documents that the model answers right
   * @param after the same with the adapter
   * @param findings all that was found
   */
  public record Result(Optional<Path> adapter, double before, double after, Findings findings) {}

  /** For this model: a Hugging Face folder or a {@code .gguf} file. */
  public static Adaptation of(Path model) {
    return new Adaptation(model);
  }

  /** These files and folders; may be called several times. */
  public Adaptation documents(Path... paths) {
    documents.addAll(List.of(paths));
    return this;
  }

  /** Trains on the text and on distilled questions, which is the default. */
  public Adaptation distill() {
    return method("text+distill");
  }

  /** Trains by a method or several joined by {@code +}, see {@code study.method}. */
  public Adaptation method(String method) {
    return set("study.method", quoted(method));
  }

  /** Trains an adapter for each passage, kept apart in a bundle. */
  public Adaptation adapterForEachPassage() {
    return set("bundle.adapters", "passage");
  }

  /** Sets a key of the recipe, such as {@code study.readings}. */
  public Adaptation set(String key, Object value) {
    changes.add(key + "=" + value);
    return this;
  }

  /** Sets the root of all randomness. */
  public Adaptation seed(long root) {
    seed = root;
    return this;
  }

  /** Sets the number of threads, on which the result does not depend. */
  public Adaptation threads(int number) {
    threads = number;
    return this;
  }

  /** Tells this listener of the progress. */
  public Adaptation listener(RunListener other) {
    listener = other;
    return this;
  }

  /**
   * Runs, or goes on with a run that was stopped.
   *
   * @param folder of the run; may not exist yet
   * @throws org.seal4j.data.check.InputException in one sentence, where something given is wrong
   */
  public Result run(Path folder) {
    AdaptKeys keys = keys();
    AdaptExperiment experiment = new AdaptExperiment();
    experiment.check(keys);
    FolderLab.Settings settings =
        new FolderLab.Settings(folder, folder.resolve("cache"), "cpu", seed, threads);
    try (FolderLab lab = new FolderLab(settings, listener)) {
      Findings findings = lab.run(experiment, keys);
      Path adapter = AdaptExperiment.made(keys, folder);
      List<Condition> conditions = findings.results().conditions();
      boolean asked = conditions.size() >= 2;
      return new Result(
          Files.isDirectory(adapter) ? Optional.of(adapter) : Optional.empty(),
          asked ? conditions.get(0).value() : Double.NaN,
          asked ? conditions.get(1).value() : Double.NaN,
          findings);
    }
  }

  private AdaptKeys keys() {
    Checks.require(!documents.isEmpty(), "no documents were given; call documents(Path...)");
    List<String> all = new ArrayList<>();
    all.add("model.path=" + quoted(model));
    all.add(
        documents.stream()
            .map(Adaptation::quoted)
            .collect(Collectors.joining(", ", "documents.paths=[", "]")));
    all.addAll(changes);
    RecipeDraft draft = RecipeBook.open(Optional.empty()).load("adapt", all);
    return draft.bind(AdaptKeys.class);
  }

  private static String quoted(Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
  }
}
