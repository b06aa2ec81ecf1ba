package org.seal4j.scripts.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.file.Proof;

/**
 * How long runs took on this machine, so that the next one like it can say so beforehand. Each time
 * carries the proof of itself; one that is damaged counts as none.
 *
 * @param folder in the cache; may not exist yet
 */
public record Durations(Path folder) {
  /** Where they lie in a cache. */
  public static Durations in(Path cache) {
    return new Durations(cache.resolve("durations"));
  }

  /** Seconds that a run of this configuration took, whatever its seed; empty for none so far. */
  public OptionalDouble of(String effective, int workers) {
    Path file = file(effective, workers);
    try {
      byte[] content = Proof.bytes(file);
      Proof.require(content, file);
      String first = new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      return OptionalDouble.of(Double.parseDouble(first));
    } catch (InputException | NumberFormatException e) {
      return OptionalDouble.empty(); // none, a damaged one, or one of an older version
    }
  }

  /** Keeps the time of a run that went from its beginning to its end in one process. */
  public void keep(String effective, int workers, double seconds) {
    try {
      Files.createDirectories(folder);
      Proof.writeText(file(effective, workers), seconds + "\n" + Proof.BLANK + "\n");
    } catch (IOException | InputException e) {
      // a cache that cannot be written costs the next run its forecast, nothing else
    }
  }

  private Path file(String effective, int workers) {
    String key = effective.replaceFirst("(?m)^seed: .*$", "");
    return folder.resolve(ContentHash.ofTexts(List.of(key, Integer.toString(workers))));
  }
}
