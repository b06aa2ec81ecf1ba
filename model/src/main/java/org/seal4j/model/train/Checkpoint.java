package org.seal4j.model.train;

import java.nio.file.Path;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.model.weights.SafeTensors;

/**
 * A stopped training, such as that of a {@link Trainer}, as one safetensors file: weights,
 * optimizer states, the number of steps done and the configuration. Law: some steps, saved, loaded
 * into a fresh trainer, and the rest of the steps give the same bytes as all steps without a stop.
 */
public final class Checkpoint {
  private static final String STEP = "step";
  private static final String CONFIG = "config";
  private static final String ORIGIN = "seal4j.origin";

  private Checkpoint() {}

  /** Replaces the file in one step. */
  public static void save(Resumable trainer, Path file) {
    save(trainer, file, "");
  }

  /**
   * Replaces the file in one step.
   *
   * @param origin names what is trained: all that decides its bits
   */
  public static void save(Resumable trainer, Path file, String origin) {
    Map<String, String> metadata =
        Map.of(STEP, Long.toString(trainer.step()), CONFIG, trainer.configText(), ORIGIN, origin);
    SafeTensors.write(file, trainer.state(), metadata);
  }

  /**
   * Puts a trainer where the saved one stood; it must have been made with the same configuration.
   */
  public static void load(Resumable trainer, Path file) {
    load(trainer, file, "");
  }

  /** The same, and what is trained must be of the same origin. */
  public static void load(Resumable trainer, Path file, String origin) {
    Map<String, String> metadata = SafeTensors.metadata(file);
    String config = note(metadata, CONFIG, file);
    Checks.require(
        config.equals(trainer.configText()),
        "%s was saved by a training run with %s but this run has %s; start afresh or restore the"
            + " configuration",
        file,
        config,
        trainer.configText());
    String found = note(metadata, ORIGIN, file);
    Checks.require(
        found.equals(origin),
        "%s belongs to another training run: it is of '%s' but '%s' is expected; delete it",
        file,
        found,
        origin);
    String step = note(metadata, STEP, file);
    Checks.require(
        step.matches("[0-9]{1,18}"), "%s: metadata '%s' is no step: '%s'", file, STEP, step);
    SafeTensors.readProven(file, trainer.state());
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
