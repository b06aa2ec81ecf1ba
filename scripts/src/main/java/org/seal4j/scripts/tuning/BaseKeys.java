package org.seal4j.scripts.tuning;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;

/**
 * The model that is trained.
 *
 * @param path a model folder, a GGUF file, a llama2.c checkpoint or the name of a fetched model
 *     ({@link HubPath}), which gets its commit; null in the recipe, given by {@code --model} or
 *     {@code --set}
 */
public record BaseKeys(@Nullable Path path) {
  public BaseKeys {
    path = path == null ? null : HubPath.pinned(path);
  }

  /** As {@link #path()}, which must be set. */
  public Path named() {
    return Checks.present(
        path,
        "model.path is not set: name the model to train with --model MODEL or --set"
            + " model.path=MODEL (a Hugging Face folder or a .gguf file)");
  }

  /** The path, which must lead to something. */
  public Path required() {
    Path here = HubPath.local(named());
    Checks.require(
        Files.exists(here),
        "model.path: there is no model at %s; name a folder or a .gguf file",
        here);
    return here;
  }
}
