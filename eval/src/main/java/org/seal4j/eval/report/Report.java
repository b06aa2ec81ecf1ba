package org.seal4j.eval.report;

import java.util.List;

/**
 * Everything on the page of a run. Empty lists leave their section out. Start with {@link
 * #of(String, Results)} and add parts.
 *
 * @param title name of the run
 * @param headline one sentence of what was found, for people; may be empty
 * @param facts what was run: recipe, data, model, machine, duration
 * @param results the table
 * @param curves charts
 * @param preferences what the policy chooses
 * @param tasks pictures of tasks
 * @param passages what was written and answered about passages
 * @param matrices figures in two directions, such as accuracy by edit and passage
 * @param settings effective configuration and seeds, key by key
 * @param files files beside the page: relative name and what it holds
 */
public record Report(
    String title,
    String headline,
    List<Fact> facts,
    Results results,
    List<Curve> curves,
    Preferences preferences,
    List<TaskPicture> tasks,
    List<PassageExample> passages,
    List<Matrix> matrices,
    List<Fact> settings,
    List<Fact> files) {
  public Report {
    facts = List.copyOf(facts);
    curves = List.copyOf(curves);
    tasks = List.copyOf(tasks);
    passages = List.copyOf(passages);
    matrices = List.copyOf(matrices);
    settings = List.copyOf(settings);
    files = List.copyOf(files);
  }

  /** A report of the table alone. */
  public static Report of(String title, Results results) {
    List<Fact> none = List.of();
    return new Report(
        title,
        "",
        none,
        results,
        List.of(),
        Preferences.none(),
        List.of(),
        List.of(),
        List.of(),
        none,
        none);
  }

  /** With this sentence under the title. */
  public Report withHeadline(String sentence) {
    return new Report(
        title,
        sentence,
        facts,
        results,
        curves,
        preferences,
        tasks,
        passages,
        matrices,
        settings,
        files);
  }

  /** With these lines of what was run. */
  public Report withFacts(List<Fact> lines) {
    return new Report(
        title,
        headline,
        lines,
        results,
        curves,
        preferences,
        tasks,
        passages,
        matrices,
        settings,
        files);
  }

  /** With these charts. */
  public Report withCurves(List<Curve> charts) {
    return new Report(
        title,
        headline,
        facts,
        results,
        charts,
        preferences,
        tasks,
        passages,
        matrices,
        settings,
        files);
  }

  /** With these choices of the policy. */
  public Report withPreferences(Preferences choices) {
    return new Report(
        title, headline, facts, results, curves, choices, tasks, passages, matrices, settings,
        files);
  }

  /** With these pictures of tasks. */
  public Report withTasks(List<TaskPicture> pictures) {
    return new Report(
        title,
        headline,
        facts,
        results,
        curves,
        preferences,
        pictures,
        passages,
        matrices,
        settings,
        files);
  }

  /** With these passages. */
  public Report withPassages(List<PassageExample> examples) {
    return new Report(
        title,
        headline,
        facts,
        results,
        curves,
        preferences,
        tasks,
        examples,
        matrices,
        settings,
        files);
  }

  /** With these matrices. */
  public Report withMatrices(List<Matrix> figures) {
    return new Report(
        title,
        headline,
        facts,
        results,
        curves,
        preferences,
        tasks,
        passages,
        figures,
        settings,
        files);
  }

  /** With this configuration. */
  public Report withSettings(List<Fact> keys) {
    return new Report(
        title,
        headline,
        facts,
        results,
        curves,
        preferences,
        tasks,
        passages,
        matrices,
        keys,
        files);
  }

  /** With these files beside the page. */
  public Report withFiles(List<Fact> names) {
    return new Report(
        title,
        headline,
        facts,
        results,
        curves,
        preferences,
        tasks,
        passages,
        matrices,
        settings,
        names);
  }
}
