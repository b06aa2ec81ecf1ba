package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/** The JSON of a task: pairs of grids, grids of rows of colours. Everything else is refused. */
final class ArcJson {
  static final String TRAIN = "train";
  static final String TEST = "test";
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  /** Keys that public collections add to a task; they are not used. */
  private static final Set<String> NOTES = Set.of("name", "uuid");

  private final ArcLimits limits;

  ArcJson(ArcLimits limits) {
    this.limits = limits;
  }

  /** The tasks of one file: one per test pair. */
  List<ArcTask> tasks(String id, String family, JsonField file) {
    Map<String, JsonField> members = file.object(keys(TRAIN, TEST), NOTES);
    List<GridPair> train = pairs(members, TRAIN);
    return tasks(id, family, train, pairs(members, TEST));
  }

  /** The tasks of one entry of a challenges file, its test outputs taken from the solutions. */
  List<ArcTask> tasks(String id, JsonField challenge, JsonField solutions) {
    Map<String, JsonField> members = challenge.object(keys(TRAIN, TEST), NOTES);
    List<GridPair> train = pairs(members, TRAIN);
    List<JsonField> inputs = member(members, TEST).items("a list of test inputs");
    List<JsonField> outputs = solutions.items("a list of output grids");
    Checks.require(
        inputs.size() == outputs.size(),
        "%s: %s has %d output grids but %s has %d test inputs at %s/test; expected one output for"
            + " each",
        solutions.file(),
        solutions.pointer(),
        outputs.size(),
        challenge.file(),
        inputs.size(),
        challenge.pointer());
    List<GridPair> test = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Map<String, JsonField> pair = inputs.get(i).object(keys(INPUT), Set.of());
      test.add(new GridPair(grid(member(pair, INPUT)), grid(outputs.get(i))));
    }
    return tasks(id, id, train, test);
  }

  private static List<ArcTask> tasks(
      String id, String family, List<GridPair> train, List<GridPair> test) {
    List<ArcTask> tasks = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      String name = test.size() == 1 ? id : id + "-" + i;
      tasks.add(new ArcTask(name, family, train, test.get(i)));
    }
    return tasks;
  }

  private List<GridPair> pairs(Map<String, JsonField> members, String key) {
    List<GridPair> pairs = new ArrayList<>();
    for (JsonField item : member(members, key).items("a list of pairs of grids")) {
      Map<String, JsonField> pair = item.object(keys(INPUT, OUTPUT), Set.of());
      pairs.add(new GridPair(grid(member(pair, INPUT)), grid(member(pair, OUTPUT))));
    }
    return pairs;
  }

  private Grid grid(JsonField field) {
    List<JsonField> rows = field.items("a grid: a list of rows");
    int[][] cells = new int[rows.size()][];
    for (int r = 0; r < cells.length; r++) {
      List<JsonField> row = rows.get(r).items("a row: a list of colours");
      cells[r] = row.stream().mapToInt(ArcJson::color).toArray();
      if (cells[r].length != cells[0].length) {
        throw rows.get(r).refuse("a list of " + cells[0].length + " like the first row");
      }
    }
    int width = limits.maxWidth(cells.length);
    Checks.require(
        cells.length <= limits.maxSide() && cells[0].length <= width,
        "%s: %s is a grid of %d x %d; expected at most %d x %d",
        field.file(),
        field.pointer(),
        cells.length,
        cells[0].length,
        limits.maxSide(),
        width);
    return Grid.of(cells);
  }

  private static int color(JsonField cell) {
    if (!cell.node().isInt() || cell.node().intValue() < 0 || cell.node().intValue() > 9) {
      throw cell.refuse("a colour: an integer 0 to 9");
    }
    return cell.node().intValue();
  }

  private static JsonField member(Map<String, JsonField> members, String key) {
    JsonField member = members.get(key);
    if (member == null) {
      throw new IllegalStateException("key '" + key + "' was not checked");
    }
    return member;
  }

  /** Keys in a fixed order, for messages. */
  private static Set<String> keys(String... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }
}
