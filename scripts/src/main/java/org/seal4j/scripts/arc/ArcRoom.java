package org.seal4j.scripts.arc;

import java.util.Optional;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.Roles;
import org.seal4j.scripts.arc.room.Room;
import org.seal4j.scripts.arc.room.RoomSubject;

/** The room that a recipe asks for. */
final class ArcRoom {
  private ArcRoom() {}

  /**
   * Empty where the recipe asks for none.
   *
   * @param fixedLabel what the table calls the gate's configuration
   */
  static Optional<Room> of(Lab lab, ArcKeys recipe, TaskPlan plan, Roles roles, String fixedLabel) {
    return Optional.ofNullable(recipe.room())
        .map(
            keys ->
                new Room(
                    lab,
                    keys,
                    new RoomSubject(
                        roles,
                        recipe.domain(),
                        recipe.language(),
                        recipe.policy().sampling(),
                        recipe.fixedEdit(),
                        TaskPlan.contexts(plan.evaluation()),
                        TaskPlan.contexts(plan.gate()),
                        recipe.evaluate().editsPerContext()),
                    fixedLabel));
  }
}
