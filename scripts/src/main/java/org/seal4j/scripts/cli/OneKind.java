package org.seal4j.scripts.cli;

import org.seal4j.data.check.Checks;
import org.seal4j.rl.experiment.Experiment;
import org.seal4j.scripts.launch.CommandName;

/** What the commands for recipes of one kind share: a command is named as its kind. */
final class OneKind {
  private OneKind() {}

  /** Refuses a recipe of another kind. */
  static void require(String own, Experiment<?> given) {
    Checks.require(
        given.kind().equals(own),
        "the recipe is of kind '%s', but %s runs those of kind '%s'; use %s",
        given.kind(),
        CommandName.with(own),
        own,
        CommandName.with("run"));
  }
}
