package org.seal4j.rl.inner;

import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.PolicyStore;

/** Keeps the model after each round as one safetensors file in the run's folder. */
public final class WeightsStore implements PolicyStore {
  private final Path folder;
  private final Weights weights;

  /**
   * @param folder must exist
   */
  public WeightsStore(Path folder, Weights weights) {
    this.folder = folder;
    this.weights = weights;
  }

  @Override
  public void save(String name) {
    WeightsFile.save(weights, file(name));
  }

  @Override
  public boolean load(String name) {
    if (!Files.exists(file(name))) {
      return false;
    }
    try (Weights stored = WeightsFile.load(weights.config(), file(name))) {
      weights.copyFrom(stored);
    }
    return true;
  }

  /**
   * Goes back to the policy of this name, or keeps the present one under it: a resumed loop must
   * begin with the weights the first one began with, bit for bit.
   */
  public void begin(String name) {
    if (!load(name)) {
      save(name);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
