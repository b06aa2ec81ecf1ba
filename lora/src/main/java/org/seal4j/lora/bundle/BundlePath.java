package org.seal4j.lora.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seal4j.data.hub.HubPath;
import org.seal4j.lora.io.AdapterPath;

/** Where a bundle lies. What a user names may be the folder of the run that made it. */
public final class BundlePath {
  /** Where runs put theirs. */
  public static final String IN_RUN = AdapterPath.BUNDLE_IN_RUN;

  private BundlePath() {}

  /** Whether a folder has all that a bundle has but the file that makes it one. */
  public static boolean lacksFile(Path path) {
    return !Files.exists(path.resolve(Bundle.FILE))
        && Files.isDirectory(path.resolve(Bundle.INDEX))
        && Files.isDirectory(path.resolve(Bundle.ADAPTERS));
  }

  /** The bundle that a path lies in or below; empty where it lies in none. */
  public static Optional<Path> around(Path path) {
    for (Path above = path.toAbsolutePath().normalize(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above.resolve(Bundle.FILE))) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  /** The folder of the bundle; empty where there is none. */
  public static Optional<Path> find(Path path) {
    Path named = HubPath.local(path);
    if (Files.isRegularFile(named.resolve(Bundle.FILE))) {
      return Optional.of(named);
    }
    Path inRun = named.resolve(IN_RUN);
    return Files.isRegularFile(inRun.resolve(Bundle.FILE)) ? Optional.of(inRun) : Optional.empty();
  }
}
