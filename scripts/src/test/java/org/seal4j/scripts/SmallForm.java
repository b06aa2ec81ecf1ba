package org.seal4j.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings that make a recipe of this checkout as small as a test needs it: those of {@link
 * RecipeRowsTest}.
 */
public final class SmallForm {
  private static final Path SETTINGS =
      Repository.root().resolve("scripts/src/test/resources/recipe-rows/settings");

  private SmallForm() {}

  /** The settings of a recipe, then these, which win: {@code key=value}. */
  public static List<String> settings(String recipe, String... more) {
    try {
      List<String> small = Files.readAllLines(SETTINGS.resolve(recipe + ".txt"));
      return Stream.concat(small.stream(), Stream.of(more)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as options of {@code seal run}. */
  public static List<String> options(String recipe, String... more) {
    return settings(recipe, more).stream().map(setting -> "--set=" + setting).toList();
  }
}
