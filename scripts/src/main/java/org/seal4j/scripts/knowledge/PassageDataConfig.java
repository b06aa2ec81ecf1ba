package org.seal4j.scripts.knowledge;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.run.Checks;

/**
 * Where passages and model come from: both from an invented world, or both from the user.
 *
 * @param passages a file of passages (SQuAD v1.1 or v2.0, SEAL's regrouped form, XQuAD); null for
 *     an invented world
 * @param model a model folder or llama2.c checkpoint; null to pretrain on the invented world
 * @param heldOut share of the articles that the loop does not see; half of them are for
 *     development, half for confirmation
 */
public record PassageDataConfig(@Nullable String passages, @Nullable String model, double heldOut) {
  public PassageDataConfig {
    Checks.require(
        (passages == null) == (model == null),
        "data.passages and data.model go together: real passages need a model that knows the words,"
            + " and a model needs passages; set both, or neither for the invented world");
    Checks.require(
        heldOut > 0 && heldOut < 1, "data.heldOut must be between 0 and 1 but was %s", heldOut);
  }

  /** Whether everything is invented. */
  boolean isInvented() {
    return passages == null;
  }

  Path passagesFile() {
    return Path.of(Checks.present(passages, "data.passages is not set"));
  }

  Path modelPath() {
    return Path.of(Checks.present(model, "data.model is not set"));
  }
}
