package org.seal4j.scripts.arc;

import java.util.List;
import java.util.Map;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.grid.GridContext;

/**
 * Which tasks a run uses for what; the evaluated ones are in no round.
 *
 * @param rounds the tasks of each round of the loop
 * @param gate the tasks of the gate
 * @param evaluation the held-out tasks
 * @param leftOut what the model cannot take
 * @param hashes SHA-256 of the inputs by name, for the manifest
 * @param notes what a person should know about the choice
 */
record TaskPlan(
    List<List<ArcTask>> rounds,
    List<ArcTask> gate,
    List<ArcTask> evaluation,
    List<LeftOut> leftOut,
    Map<String, String> hashes,
    List<String> notes) {
  TaskPlan {
    rounds = List.copyOf(rounds);
    gate = List.copyOf(gate);
    evaluation = List.copyOf(evaluation);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
    Checks.require(
        rounds.stream().noneMatch(List::isEmpty) && !gate.isEmpty() && !evaluation.isEmpty(),
        "there are too few tasks: %d for the loop, %d for the gate, %d to evaluate%s",
        rounds.stream().mapToInt(List::size).sum(),
        gate.size(),
        evaluation.size(),
        leftOut.isEmpty() ? "" : "; left out: " + Notes.withCure(leftOut));
  }

  /** The tasks that a recipe asks for: procedural, or from files. */
  static TaskPlan of(ArcKeys recipe, Seeds seeds) {
    return recipe.data().source() == DataKeys.TaskSource.SYNTH
        ? new SynthPlan(recipe, seeds).plan()
        : new FolderPlan(recipe, seeds).plan();
  }

  /** The same for the loop. */
  LoopPlan<GridContext> loop(int editsPerContext) {
    return new LoopPlan<>(
        rounds.stream().map(TaskPlan::contexts).toList(), contexts(evaluation), editsPerContext);
  }

  static List<GridContext> contexts(List<ArcTask> tasks) {
    return tasks.stream().map(GridContext::new).toList();
  }

  /** The tasks of a round, from 1. */
  List<ArcTask> round(int number) {
    return rounds.get(number - 1);
  }
}
