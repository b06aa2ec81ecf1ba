package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.report.TaskPicture;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.FewShotEditJson;

/**
 * Held-out tasks in pictures, by the first self-edit of the policy after the last round: the best,
 * which it gained or solves with the likeliest grid, and the worst, which it does not solve and
 * whose true grid is least likely.
 */
final class Pictures {
  private static final int MOST = 5;
  private static final Set<String> SHOWN = Set.of("in-context", Phases.NO_RL, "fixed");

  private final Map<String, Map<String, EditRow>> firstEdits = new LinkedHashMap<>();
  private final Phases phases;
  private final EditSchema schema;

  Pictures(Phases phases, EditSchema schema) {
    this.phases = phases;
    this.schema = schema;
    phases.conditions().values().forEach(phase -> firstEdits.put(phase, first(phase)));
  }

  /** The best and the worst tasks, each a section; empty where there are none. */
  static Section[] sections(Phases phases, List<ArcTask> tasks, EditSchema schema) {
    Pictures pictures = new Pictures(phases, schema);
    return new Section[] {
      Sections.tasks(
          "Five best tasks",
          "Held-out tasks that the policy solves after the last round and did not solve without RL,"
              + " then those that it solved before, each by the likelihood of the true grid"
              + " (geometric mean over its tokens). A condition solves a task when one attempt is"
              + " the expected grid.",
          pictures.best(tasks).stream().map(pictures::picture).toList()),
      Sections.tasks(
          "Five worst tasks",
          "Held-out tasks that the policy does not solve after the last round, the least likely"
              + " true grid first.",
          pictures.worst(tasks).stream().map(pictures::picture).toList())
    };
  }

  List<ArcTask> best(List<ArcTask> tasks) {
    return tasks.stream()
        .filter(task -> solved(phases.last(), task))
        .sorted(
            Comparator.comparing((ArcTask task) -> solved(Phases.NO_RL, task))
                .thenComparing(task -> -likelihood(phases.last(), task)))
        .limit(MOST)
        .toList();
  }

  List<ArcTask> worst(List<ArcTask> tasks) {
    return tasks.stream()
        .filter(task -> !solved(phases.last(), task))
        .sorted(Comparator.comparing(task -> likelihood(phases.last(), task)))
        .limit(MOST)
        .toList();
  }

  private boolean solved(String phase, ArcTask task) {
    return row(phase, task).filter(row -> row.outcome().solved()).isPresent();
  }

  private double likelihood(String phase, ArcTask task) {
    return row(phase, task).map(Pictures::likelihood).orElse(0.0);
  }

  private static double likelihood(EditRow row) {
    return StrictMath.exp(-row.outcome().negLogLikelihood());
  }

  /** In context, without RL, after the last round, and the gate's configuration. */
  private TaskPicture picture(ArcTask task) {
    List<TaskPicture.Produced> produced = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              if (SHOWN.contains(phase) || phase.equals(phases.last())) {
                row(phase, task).ifPresent(row -> produced.add(produced(label, row)));
              }
            });
    return new TaskPicture(task, produced);
  }

  private TaskPicture.Produced produced(String label, EditRow row) {
    String note = row.draft().raw();
    if (note.isEmpty()) {
      note = row.draft().edit().map(this::symbols).orElse("");
    }
    String likely = String.format(Locale.ROOT, "true grid: %.2f a token", likelihood(row));
    note = note.isEmpty() ? likely : note + " · " + likely;
    List<Grid> attempts = row.outcome().answers().stream().map(Grid::parse).toList();
    return new TaskPicture.Produced(label, note, attempts);
  }

  /** A given edit in the words of the written ones, which are shorter than its JSON. */
  private String symbols(String json) {
    if (new FewShotEditJson(schema).read(json) instanceof ParsedEdit.Valid<FewShotEdit> valid) {
      EditTokens tokens = new EditTokens(schema);
      return tokens.text(tokens.encode(valid.edit()));
    }
    return json;
  }

  private Optional<EditRow> row(String phase, ArcTask task) {
    return Optional.ofNullable(firstEdits.getOrDefault(phase, Map.of()).get(task.id()));
  }

  private Map<String, EditRow> first(String phase) {
    Map<String, EditRow> first = new LinkedHashMap<>();
    phases.rows(phase).forEach(row -> first.putIfAbsent(row.key().contextId(), row));
    return first;
  }
}
