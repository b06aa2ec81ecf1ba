package org.seal4j.rl.inner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.PolicyStore;

/**
 * Keeps the model after each round as one safetensors file in the run's folder. Each file says
 * whose it is, in its metadata: weights of another run or round under a right name are refused.
 */
public final class WeightsStore implements PolicyStore {
  /** Metadata of each file: the identity of its run, then its name in the run. */
  public static final String ORIGIN = "seal4j.origin";

  /** Metadata of each file: rows of the learning log that led to it. */
  public static final String STEPS = "seal4j.steps";

  private final Path folder;
  private final Weights weights;
  private final String origin;

  /**
   * @param folder must exist
   * @param origin the identity of the run, and where in it the folder stands
   */
  public WeightsStore(Path folder, Weights weights, String origin) {
    this.folder = folder;
    this.weights = weights;
    this.origin = origin;
  }

  @Override
  public void save(String name, int steps) {
    WeightsFile.save(
        weights, file(name), Map.of(ORIGIN, origin(name), STEPS, Integer.toString(steps)));
  }

  @Override
  public OptionalInt steps(String name) {
    if (!Files.exists(file(name))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(steps(file(name), WeightsFile.notes(file(name))));
  }

  /**
   * The rows of the learning log that a file of this metadata was learned by.
   *
   * @param file named in messages
   */
  public static int steps(Path file, Map<String, String> notes) {
    String steps = notes.getOrDefault(STEPS, "");
    Checks.require(
        steps.matches("[0-9]{1,9}"),
        "%s does not say by how many steps it was learned: its metadata '%s' is '%s'; delete it and"
            + " resume the run, which makes it again",
        file,
        STEPS,
        steps);
    return Integer.parseInt(steps);
  }

  @Override
  public boolean load(String name) {
    if (!Files.exists(file(name))) {
      return false;
    }
    try (Weights stored = open(name)) {
      weights.copyFrom(stored);
    }
    return true;
  }

  /** The policy stored under this name beside the current one, for the caller to close. */
  public Weights open(String name) {
    Path file = file(name);
    String found = WeightsFile.notes(file).getOrDefault(ORIGIN, "unknown");
    Checks.require(
        found.equals(origin(name)),
        "%s is not the policy of this run: it is of '%s' but '%s' is expected; delete it and resume"
            + " the run, which makes it again",
        file,
        found,
        origin(name));
    return WeightsFile.loadProven(weights.config(), file);
  }

  /**
   * Goes back to the policy of this name, or keeps the present one under it: a resumed loop must
   * begin with the weights the first one began with, bit for bit.
   */
  public void begin(String name) {
    if (!load(name)) {
      save(name, 0);
    }
  }

  private String origin(String name) {
    return origin + "/" + name;
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
