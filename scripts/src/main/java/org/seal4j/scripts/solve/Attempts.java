package org.seal4j.scripts.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.json.Json;
import org.seal4j.eval.arc.Ballot;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.grid.EditChoice;
import org.seal4j.rl.grid.PlannedTask;
import org.seal4j.rl.grid.SolvedTask;

/**
 * All that {@code seal solve} found, as it is written to {@code attempts.json}: the record
 * components are the keys.
 *
 * @param model where the model lies
 * @param policy which policy of its run it is
 * @param weights SHA-256 of its file of weights
 * @param adapted SHA-256 of the weights that self-edits adapt; null where they are the policy's
 * @param seed root of all randomness
 * @param maxAttempts attempts of each test grid at most
 * @param editsPerTask self-edits whose answers vote
 * @param maxSteps most optimizer steps of a training
 * @param cpuSeconds of the process, which alone differ from call to call
 * @param solved test grids with a right attempt, of those whose truth is known
 * @param known test grids whose truth is known
 * @param tasks in the order in which they were named
 */
record Attempts(
    String model,
    String policy,
    String weights,
    @Nullable String adapted,
    long seed,
    int maxAttempts,
    int editsPerTask,
    long maxSteps,
    double cpuSeconds,
    long solved,
    long known,
    List<Task> tasks) {
  /** A list of digits that stands on lines of its own. */
  private static final Pattern ROW = Pattern.compile("\\[\\s+(\\d(?:,\\s+\\d)*)\\s+\\]");

  /** One task; its CPU seconds are its part of all. */
  record Task(
      String id,
      String family,
      int demonstrations,
      double cpuSeconds,
      List<Edit> edits,
      List<Test> tests) {}

  /**
   * One self-edit.
   *
   * @param words its choices in one line
   * @param edit in the form of SEAL's data
   * @param sampled whether it was drawn; else every choice is the most likely one
   * @param probability that the policy gave all of it
   * @param steps that it was trained for
   * @param firstLoss of the first step; null where nothing was trained
   * @param lastLoss of the last step
   */
  record Edit(
      String words,
      Object edit,
      boolean sampled,
      double probability,
      List<Choice> choices,
      long steps,
      @Nullable Double firstLoss,
      @Nullable Double lastLoss) {}

  /** One choice, with the probability of every value at its place. */
  record Choice(String setting, String value, double probability, Map<String, Double> options) {}

  /**
   * One test grid.
   *
   * @param answers prompts that were asked
   * @param notGrids answers that were no grid
   * @param solved null where the truth is not known
   * @param reason why there is no attempt; null where there is one
   */
  record Test(
      List<Attempt> attempts,
      int answers,
      int notGrids,
      @Nullable Boolean solved,
      @Nullable String reason) {}

  /** One attempt; {@code right} is null where the truth is not known. */
  record Attempt(List<int[]> grid, int votes, double confidence, @Nullable Boolean right) {}

  static Attempts of(Solving solving, Solving.Result result) {
    List<SolvedTask.SolvedGrid> grids =
        result.tasks().stream().flatMap(task -> task.grids().stream()).toList();
    return new Attempts(
        solving.model().folder().toString(),
        solving.model().policy(),
        solving.model().weightsHash(),
        solving.model().adaptedHash().orElse(null),
        solving.settings().seed(),
        solving.settings().attempts(),
        solving.settings().edits(),
        solving.settings().maxSteps(),
        hundredths(result.cpuSeconds()),
        grids.stream().filter(grid -> grid.solved().orElse(false)).count(),
        grids.stream().filter(grid -> grid.solved().isPresent()).count(),
        result.tasks().stream().map(task -> task(task, result.cpuSeconds(task))).toList());
  }

  private static Task task(SolvedTask solved, double cpuSeconds) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < solved.trainings().size(); i++) {
      edits.add(edit(solved.planned().edits().get(i), solved.trainings().get(i)));
    }
    return new Task(
        solved.task().id(),
        solved.task().family(),
        solved.task().demonstrations().size(),
        hundredths(cpuSeconds),
        edits,
        solved.grids().stream().map(Attempts::test).toList());
  }

  private static Edit edit(PlannedTask.Edit edit, Outcome.Training training) {
    return new Edit(
        EditWords.of(edit),
        Json.parse(edit.json(), Map.class, "a self-edit"),
        edit.sampled(),
        edit.probability(),
        edit.choices().stream().map(Attempts::choice).toList(),
        training.steps(),
        training.steps() == 0 ? null : training.firstLoss(),
        training.steps() == 0 ? null : training.lastLoss());
  }

  private static Choice choice(EditChoice choice) {
    Map<String, Double> options = new LinkedHashMap<>();
    choice.options().forEach(option -> options.put(option.value(), option.probability()));
    return new Choice(choice.setting(), choice.value(), choice.probability(), options);
  }

  private static Test test(SolvedTask.SolvedGrid grid) {
    Optional<Grid> truth = grid.test().truth();
    List<Attempt> attempts = new ArrayList<>();
    for (Ballot ballot : grid.attempts()) {
      attempts.add(
          new Attempt(
              rows(ballot.grid()),
              ballot.votes(),
              ballot.confidence(),
              truth.map(ballot.grid()::equals).orElse(null)));
    }
    return new Test(
        attempts,
        grid.attempts().isEmpty() ? grid.notGrids() : grid.attempts().get(0).answers(),
        grid.notGrids(),
        grid.solved().orElse(null),
        grid.reason().orElse(null));
  }

  /** A grid as lists of colours. */
  static List<int[]> rows(Grid grid) {
    List<int[]> rows = new ArrayList<>();
    for (int r = 0; r < grid.height(); r++) {
      int[] row = new int[grid.width()];
      for (int c = 0; c < row.length; c++) {
        row[c] = grid.at(r, c);
      }
      rows.add(row);
    }
    return rows;
  }

  private static double hundredths(double seconds) {
    return Math.round(100 * seconds) / 100.0;
  }

  /** Indented JSON in which a row of a grid stands on one line. */
  String json() {
    return ROW.matcher(Json.pretty(this))
        .replaceAll(row -> "[" + row.group(1).replaceAll("\\s+", " ") + "]");
  }
}
