package org.seal4j.scripts.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The checkout this program was built in, where there is one. */
public final class Home {
  private Home() {}

  /**
   * The repository root: the folder that holds {@code scripts/target/seal.jar} (or the class folder
   * of a test). Empty when the jar was copied elsewhere.
   */
  public static Optional<Path> find() {
    try {
      CodeSource source = Home.class.getProtectionDomain().getCodeSource();
      if (source == null) {
        return Optional.empty();
      }
      return above(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The root above {@code <root>/scripts/target/<code>}. */
  static Optional<Path> above(Path code) {
    Path target = code.toAbsolutePath().getParent();
    if (target == null || !target.endsWith(Path.of("scripts", "target"))) {
      return Optional.empty();
    }
    Path root = target.resolve("../..").normalize();
    return Files.isRegularFile(root.resolve("pom.xml")) ? Optional.of(root) : Optional.empty();
  }
}
