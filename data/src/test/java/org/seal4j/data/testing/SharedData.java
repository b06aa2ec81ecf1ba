package org.seal4j.data.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the real data beside the repository, and skips a test where it is missing. */
public final class SharedData {
  private SharedData() {}

  /** {@code ../shared/data/<path>} seen from a folder on the way up from the working directory. */
  public static Path orSkip(String path) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && folder.getParent() != null) {
      Path found = folder.resolveSibling("shared").resolve("data").resolve(path);
      if (Files.exists(found)) {
        return found;
      }
      folder = folder.getParent();
    }
    return Assumptions.abort("real data ../shared/data/" + path + " is not here");
  }
}
