package org.seal4j.scripts.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Timings;
import org.seal4j.scripts.recipe.RecordTree;

/** The page of a run: what its experiment found, and what the program adds of every run. */
record RunPage(RunLab.Settings settings, int workers, Timings timings) {
  Report of(Findings findings) {
    List<Section> sections = new ArrayList<>(findings.sections());
    sections.add(Sections.run(facts(findings)));
    sections.add(Sections.settings(keys("", RecordTree.of(settings.head(), settings.recipe()))));
    sections.add(Sections.files(files(findings.files())));
    return new Report(
        settings.head().recipe(), settings.head().about(), findings.results(), sections);
  }

  private List<Fact> facts(Findings findings) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("backend", settings.backend() + ", " + Amount.of(workers, "worker")));
    facts.add(new Fact("root seed", Long.toString(settings.head().seed())));
    facts.add(new Fact("table", findings.about()));
    facts.addAll(findings.facts());
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
  private static List<Fact> keys(String prefix, Map<?, ? extends @Nullable Object> tree) {
    List<Fact> keys = new ArrayList<>();
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> group) {
            keys.addAll(keys(prefix + key + ".", group));
          } else {
            keys.add(new Fact(prefix + key, String.valueOf(value)));
          }
        });
    return keys;
  }

  /** The files of a run: those that all have, and in their midst its own. */
  private static List<Fact> files(List<Fact> own) {
    List<Fact> files = new ArrayList<>();
    files.add(
        new Fact("manifest.json", "how the run was made: configuration, seeds, hashes, machine"));
    files.add(new Fact("effective.yaml", "the configuration as a recipe that does the same again"));
    files.add(new Fact("summary.json", "the table, machine-readable"));
    files.addAll(own);
    files.add(new Fact("SHA256SUMS", "content hashes of the tables"));
    files.add(new Fact("timings.json", "seconds by stage"));
    return files;
  }
}
