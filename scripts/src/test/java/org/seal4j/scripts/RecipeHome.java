package org.seal4j.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Homes for tests: some recipes of this checkout and an empty cache. */
public final class RecipeHome {
  private RecipeHome() {}

  /** Makes a home in this folder. */
  public static Path at(Path folder, String... recipes) {
    try {
      Path to = Files.createDirectories(folder.resolve("scripts/recipes"));
      for (String name : recipes) {
        String file = name + ".yaml";
        Files.copy(
            Repository.root().resolve("scripts/recipes").resolve(file),
            to.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
