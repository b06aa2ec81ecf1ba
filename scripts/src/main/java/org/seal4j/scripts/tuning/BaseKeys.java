package org.seal4j.scripts.tuning;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * The model that is trained.
 *
 * @param path a model folder, a GGUF file or a llama2.c checkpoint; null in the recipe, given by
 *     {@code --model} or {@code --set}
 */
public record BaseKeys(@Nullable Path path) {
  /** The path, which must lead to something. */
  public Path required() {
    Path named =
        Checks.present(
            path,
            "model.path is not set: name the model to train with --model MODEL or --set"
                + " model.path=MODEL (a Hugging Face folder or a .gguf file)");
    Checks.require(
        Files.exists(named),
        "model.path: there is no model at %s; name a folder or a .gguf file",
        named);
    return named;
  }
}
