package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.eval.report.TaskPicture;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.experiment.Phases;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.EditTokens;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.grid.FewShotEditJson;

/**
 * A few held-out tasks in pictures: what the policy gained, what stays unsolved, what it always
 * could, what it lost. Chosen and shown by the first edit of each condition, in the order of the
 * tasks.
 */
final class Pictures {
  private final Map<String, Map<String, EditRow>> firstEdits = new LinkedHashMap<>();
  private final Phases phases;
  private final EditSchema schema;

  private Pictures(Phases phases, EditSchema schema) {
    this.phases = phases;
    this.schema = schema;
    phases.conditions().values().forEach(phase -> firstEdits.put(phase, first(phase)));
  }

  static List<TaskPicture> of(Phases phases, List<ArcTask> tasks, EditSchema schema) {
    Pictures pictures = new Pictures(phases, schema);
    List<ArcTask> chosen = new ArrayList<>();
    chosen.addAll(pictures.pick(tasks, false, true, 3));
    chosen.addAll(pictures.pick(tasks, false, false, 2));
    chosen.addAll(pictures.pick(tasks, true, true, 1));
    chosen.addAll(pictures.pick(tasks, true, false, 1));
    return chosen.stream().map(pictures::picture).toList();
  }

  private List<ArcTask> pick(List<ArcTask> tasks, boolean before, boolean after, int count) {
    return tasks.stream()
        .filter(task -> solved(Phases.NO_RL, task) == before)
        .filter(task -> solved(phases.last(), task) == after)
        .limit(count)
        .toList();
  }

  private boolean solved(String phase, ArcTask task) {
    return row(phase, task).filter(row -> row.outcome().solved()).isPresent();
  }

  private TaskPicture picture(ArcTask task) {
    List<TaskPicture.Produced> produced = new ArrayList<>();
    phases
        .conditions()
        .forEach(
            (label, phase) -> {
              Optional<EditRow> row = row(phase, task);
              row.ifPresent(r -> produced.add(produced(label, r)));
            });
    return new TaskPicture(task, produced);
  }

  private TaskPicture.Produced produced(String label, EditRow row) {
    String note = row.draft().raw();
    if (note.isEmpty()) {
      note = row.draft().edit().map(this::symbols).orElse("");
    }
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
