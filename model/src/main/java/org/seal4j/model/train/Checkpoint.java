package org.seal4j.model.train;

import java.nio.file.Path;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.model.weights.SafeTensors;

/**
 * A stopped {@link Trainer} as one safetensors file: weights, optimizer states, the number of steps
 * done and the configuration. Law: some steps, saved, loaded into a fresh trainer, and the rest of
 * the steps give the same bytes as all steps without a stop.
 */
public final class Checkpoint {
  private static final String STEP = "step";
  private static final String CONFIG = "config";

  private Checkpoint() {}

  /** Replaces the file in one step. */
  public static void save(Trainer trainer, Path file) {
    Map<String, String> metadata =
        Map.of(STEP, Long.toString(trainer.step()), CONFIG, trainer.configText());
    SafeTensors.write(file, trainer.state(), metadata);
  }

  /**
   * Puts a trainer where the saved one stood; it must have been made with the same configuration.
   */
  public static void load(Trainer trainer, Path file) {
    Map<String, String> metadata = SafeTensors.metadata(file);
    String config = note(metadata, CONFIG, file);
    Checks.require(
        config.equals(trainer.configText()),
        "%s was saved by a training run with %s but this run has %s; start afresh or restore the"
            + " configuration",
        file,
        config,
        trainer.configText());
    String step = note(metadata, STEP, file);
    Checks.require(
        step.matches("[0-9]{1,18}"), "%s: metadata '%s' is no step: '%s'", file, STEP, step);
    SafeTensors.readInto(file, trainer.state());
    trainer.resumeAt(Long.parseLong(step));
  }

  private static String note(Map<String, String> metadata, String key, Path file) {
    return Checks.present(
        metadata.get(key),
        "%s has no metadata '%s': it was not written as a training checkpoint",
        file,
        key);
  }
}
