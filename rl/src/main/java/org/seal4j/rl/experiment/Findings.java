package org.seal4j.rl.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;

/**
 * What a run found.
 *
 * @param results the table a person came for
 * @param about what its figures are, one sentence without a full stop
 * @param warning what a person should mind about it; empty for nothing
 * @param sections of the report, after the table
 * @param facts what was run, line by line, beyond what the program adds of every run
 * @param files the run's own files by name, and what each holds
 * @param figures further figures for {@code summary.json}, by name
 */
public record Findings(
    Results results,
    String about,
    String warning,
    List<Section> sections,
    List<Fact> facts,
    List<Fact> files,
    Map<String, Figure> figures) {
  private static final int FEW = 30;

  public Findings {
    sections = List.copyOf(sections);
    facts = List.copyOf(facts);
    files = List.copyOf(files);
    figures = java.util.Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** The table alone, with a warning where it is too small to show how well something works. */
  public static Findings of(Results results, String about) {
    int fewest = results.conditions().stream().mapToInt(c -> c.n()).min().orElse(0);
    String warning =
        fewest >= FEW
            ? ""
            : "With n = %d this table shows that the job runs, not how well it works."
                .formatted(fewest);
    return new Findings(results, about, warning, List.of(), List.of(), List.of(), Map.of());
  }

  /** The same without a warning: where n counts groups that are large themselves. */
  public Findings withoutWarning() {
    return new Findings(results, about, "", sections, facts, files, figures);
  }

  /** With these sections behind those there are. */
  public Findings with(Section... more) {
    List<Section> all = new ArrayList<>(sections);
    all.addAll(List.of(more));
    return new Findings(results, about, warning, all, facts, files, figures);
  }

  /** With these facts behind those there are. */
  public Findings withFacts(List<Fact> more) {
    List<Fact> all = new ArrayList<>(facts);
    all.addAll(more);
    return new Findings(results, about, warning, sections, all, files, figures);
  }

  /** With these files. */
  public Findings withFiles(Fact... own) {
    return new Findings(results, about, warning, sections, facts, List.of(own), figures);
  }

  /** With these further figures. */
  public Findings withFigures(Map<String, Figure> further) {
    return new Findings(results, about, warning, sections, facts, files, further);
  }
}
