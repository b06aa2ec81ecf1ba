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
