package org.seal4j.scripts;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkout that the tests run in. */
public final class Repository {
  private Repository() {}

  /** The folder that holds the root POM. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("the tests must run inside a checkout of Seal4J");
    }
    return folder;
  }
}
