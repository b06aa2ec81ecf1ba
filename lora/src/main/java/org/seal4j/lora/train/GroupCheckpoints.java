package org.seal4j.lora.train;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/**
 * Where long trainings of an inner loop are stored on the way, a file for each group of adapters.
 * Law: a training that was stopped at any moment and is begun again with the same tasks goes on
 * from there, and comes to the bits of one that was not stopped.
 *
 * <p>The files stay when a group is done, so that its adapters can be kept first; whoever keeps
 * them deletes the folder.
 *
 * @param folder that is there
 * @param origin names what is trained: all that decides its bits
 * @param every steps between two of them
 */
public record GroupCheckpoints(Path folder, String origin, int every) {
  public GroupCheckpoints {
    Checks.require(every >= 1, "checkpoints must be >= 1 steps apart but were %d", every);
  }

  private static String name(List<Integer> tasks) {
    return tasks.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /** The file of a group of these tasks. */
  Path file(List<Integer> tasks) {
    return folder.resolve(name(tasks) + ".safetensors");
  }

  /** What it says of where it is from. */
  String origin(List<Integer> tasks) {
    return origin + "/" + name(tasks);
  }
}
