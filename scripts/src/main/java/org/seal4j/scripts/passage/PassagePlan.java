package org.seal4j.scripts.passage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.world.Story;
import org.seal4j.rl.EditSource;
import org.seal4j.rl.experiment.LoopPlan;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * Which passages a run uses for what; the evaluated ones are in no round.
 *
 * @param rounds the passages of each round of the loop
 * @param evaluation the held-out passages
 * @param teacher writes the oracle text, where there is one
 * @param stories the facts behind evaluated passages of an invented world, by id
 * @param hashes SHA-256 of the inputs by name, for the manifest
 * @param notes what a person should know about the choice
 */
record PassagePlan(
    List<List<PassageContext>> rounds,
    List<PassageContext> evaluation,
    Optional<EditSource<PassageContext, KnowledgeEdit>> teacher,
    Map<String, Story> stories,
    Map<String, String> hashes,
    List<String> notes) {
  PassagePlan {
    rounds = List.copyOf(rounds);
    evaluation = List.copyOf(evaluation);
    notes = List.copyOf(notes);
    Checks.require(
        rounds.stream().noneMatch(List::isEmpty) && !evaluation.isEmpty(),
        "there are too few passages: %d for the loop, %d to evaluate",
        rounds.stream().mapToInt(List::size).sum(),
        evaluation.size());
  }

  /** The same for the loop. */
  LoopPlan<PassageContext> loop(int editsPerContext) {
    return new LoopPlan<>(rounds, evaluation, editsPerContext);
  }

  /** The passages of a round, from 1. */
  List<PassageContext> round(int number) {
    return rounds.get(number - 1);
  }

  /** The same with another writer of the teacher text. */
  PassagePlan withTeacher(EditSource<PassageContext, KnowledgeEdit> other) {
    return new PassagePlan(rounds, evaluation, Optional.of(other), stories, hashes, notes);
  }
}
