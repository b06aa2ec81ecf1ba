package org.seal4j.data.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.OpenTask.TestGrid;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/** The JSON of a task: pairs of grids, grids of rows of colours. Everything else is refused. */
record ArcJson(ArcLimits limits) {
  static final String TRAIN = "train";
  static final String TEST = "test";
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  private static final List<String> TASK = List.of(TRAIN, TEST);
  private static final List<String> PAIR = List.of(INPUT, OUTPUT);

  /** Keys that public collections add to a task; they are not used. */
  private static final List<String> NOTES = List.of("name", "uuid");

  /** The tasks of one file: one per test pair. */
  List<ArcTask> tasks(String id, String family, JsonField file) {
    file.object(TASK, NOTES);
    List<GridPair> train = pairs(file.at(TRAIN));
    return tasks(id, family, train, pairs(file.at(TEST)));
  }

  /** The tasks of one entry of a challenges file, its test outputs taken from the solutions. */
  List<ArcTask> tasks(String id, JsonField challenge, JsonField solutions) {
    challenge.object(TASK, NOTES);
    List<GridPair> train = pairs(challenge.at(TRAIN));
    List<JsonField> inputs = challenge.at(TEST).items("a list of test inputs");
    List<JsonField> outputs = solutions.items("a list of output grids");
    if (inputs.size() != outputs.size()) {
      throw Checks.refuse(
          "%s: %s has %d output grids but %s has %d test inputs at %s/test; expected one output for"
              + " each",
          solutions.file(),
          solutions.pointer(),
          outputs.size(),
          challenge.file(),
          inputs.size(),
          challenge.pointer());
    }
    List<GridPair> test = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).object(List.of(INPUT), List.of());
      test.add(new GridPair(grid(inputs.get(i).at(INPUT)), grid(outputs.get(i))));
    }
    return tasks(id, id, train, test);
  }

  /** The task of one file, whose test pairs may have no output. */
  OpenTask open(String id, String family, JsonField file) {
    file.object(TASK, NOTES);
    List<GridPair> train = pairs(file.at(TRAIN));
    List<TestGrid> tests = new ArrayList<>();
    for (JsonField pair : file.at(TEST).items("a list of test grids")) {
      pair.object(List.of(INPUT), List.of(OUTPUT));
      tests.add(new TestGrid(grid(pair.at(INPUT)), pair.optional(OUTPUT).map(this::grid)));
    }
    return new OpenTask(id, family, train, tests);
  }

  /** One entry of a challenges file that has no solutions file. */
  OpenTask open(String id, JsonField challenge) {
    return open(id, id, challenge);
  }

  /** One entry of a challenges file with its entry of the solutions file. */
  OpenTask open(String id, JsonField challenge, JsonField solutions) {
    List<TestGrid> tests = new ArrayList<>();
    List<ArcTask> solved = tasks(id, challenge, solutions);
    for (ArcTask task : solved) {
      tests.add(new TestGrid(task.test().input(), Optional.of(task.test().output())));
    }
    return new OpenTask(id, id, solved.get(0).demonstrations(), tests);
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

  private List<GridPair> pairs(JsonField field) {
    List<GridPair> pairs = new ArrayList<>();
    for (JsonField pair : field.items("a list of pairs of grids")) {
      pair.object(PAIR, List.of());
      pairs.add(new GridPair(grid(pair.at(INPUT)), grid(pair.at(OUTPUT))));
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
    if (cells.length > limits.maxSide() || cells[0].length > width) {
      throw Checks.refuse(
          "%s: %s is a grid of %d x %d; expected at most %d x %d",
          field.file(), field.pointer(), cells.length, cells[0].length, limits.maxSide(), width);
    }
    return Grid.of(cells);
  }

  private static int color(JsonField cell) {
    if (!cell.node().isInt() || cell.node().intValue() < 0 || cell.node().intValue() > 9) {
      throw cell.refuse("a colour: an integer 0 to 9");
    }
    return cell.node().intValue();
  }
}
