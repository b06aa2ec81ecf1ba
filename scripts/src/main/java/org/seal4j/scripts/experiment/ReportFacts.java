package org.seal4j.scripts.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Results;
import org.seal4j.rl.EditCounts;
import org.seal4j.scripts.recipe.RecordTree;
import org.seal4j.scripts.run.PeakMemory;
import org.seal4j.scripts.run.RunContext;

/** What pages of every domain tell. */
public final class ReportFacts {
  private static final int FEW = 30;

  private ReportFacts() {}

  /** Backend and root seed. */
  public static List<Fact> run(RunContext context) {
    return List.of(
        new Fact("backend", context.backend() + ", " + context.workers() + " workers"),
        new Fact("root seed", Long.toString(context.recipe().seed())));
  }

  /** Size of the model and how it was trained. */
  public static List<Fact> model(long parameters, Pretrained pretrained) {
    return List.of(
        new Fact("model", String.format(Locale.ROOT, "%,d parameters", parameters)),
        new Fact("pretraining", pretraining(pretrained)));
  }

  private static String pretraining(Pretrained pretrained) {
    if (pretrained.losses().isEmpty()) {
      return "none here, the model is " + pretrained.key();
    }
    String steps = pretrained.losses().size() + " steps";
    return pretrained.steps() == 0
        ? steps + ", from the cache"
        : String.format(
            Locale.ROOT,
            "%s, %d of them now in %.0f s",
            steps,
            pretrained.steps(),
            pretrained.seconds());
  }

  /** The files of a run: those that all have, and in their midst its own. */
  public static List<Fact> files(Fact... own) {
    List<Fact> files = new ArrayList<>();
    files.add(
        new Fact("manifest.json", "how the run was made: configuration, seeds, hashes, machine"));
    files.add(new Fact("effective.yaml", "the configuration as a recipe that does the same again"));
    files.add(new Fact("summary.json", "the table for machines"));
    files.addAll(List.of(own));
    files.add(new Fact("SHA256SUMS", "content hashes of the tables"));
    files.add(new Fact("timings.json", "seconds by stage"));
    return List.copyOf(files);
  }

  /** Time and memory of this process. */
  public static List<Fact> cost(Timings timings) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("time", String.format(Locale.ROOT, "%.0f s in this process", timings.total())));
    PeakMemory.bytes()
        .ifPresent(
            bytes ->
                facts.add(
                    new Fact(
                        "peak resident memory",
                        String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30)))));
    return facts;
  }

  /** The effective configuration key by key, as a recipe would name them. */
  public static List<Fact> settings(RunContext context, Record config) {
    return settings("", RecordTree.of(context.recipe(), config));
  }

  private static List<Fact> settings(String prefix, Map<?, ? extends @Nullable Object> tree) {
    List<Fact> settings = new ArrayList<>();
    tree.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof Map<?, ?> group) {
            settings.addAll(settings(name + ".", group));
          } else {
            settings.add(new Fact(name, String.valueOf(value)));
          }
        });
    return settings;
  }

  /** How often the policy wrote something that is no edit, and why. */
  public static String invalid(EditCounts counts) {
    String share =
        String.format(
            Locale.ROOT,
            "%d of %d answers (%.1f %%), %d of %d edits after sampling again",
            counts.invalidSamples(),
            counts.samples(),
            100 * counts.invalidShare(),
            counts.invalidEdits(),
            counts.edits());
    return counts.reasons().isEmpty() ? share : share + ": " + counts.reasons();
  }

  /** A warning where the table is too small to mean anything; empty otherwise. */
  public static String size(Results results) {
    int fewest = results.conditions().stream().mapToInt(c -> c.n()).min().orElse(0);
    return fewest >= FEW
        ? ""
        : "With n = %d this table shows that the job runs, not how well it works."
            .formatted(fewest);
  }
}
