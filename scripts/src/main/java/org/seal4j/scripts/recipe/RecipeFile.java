package org.seal4j.scripts.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.scripts.launch.CommandName;
import org.seal4j.scripts.recipe.YamlNode.Mapping;

/**
 * One recipe as text.
 *
 * @param shown its path or name as messages name it
 * @param text the YAML, comments included
 * @param folder where a path in {@code extends} starts from; null for a recipe inside the jar
 */
record RecipeFile(String shown, String text, @Nullable Path folder) {
  /** Longest recipe in bytes, far above those that people write. */
  private static final long MOST_BYTES = 1 << 18;

  static RecipeFile read(Path path) {
    Checks.require(
        Files.isRegularFile(RegularFile.require(path)),
        "there is no recipe file %s; %s shows the recipes that are known by name",
        path,
        CommandName.with("recipes", "list"));
    Path full = path.toAbsolutePath().normalize();
    return new RecipeFile(shown(full), TextFile.read(full, MOST_BYTES), full.getParent());
  }

  static RecipeFile packed(String name, byte[] bytes) {
    return new RecipeFile(name, TextFile.decode(bytes, name), null);
  }

  Mapping parse() {
    return YamlReader.readFile(shown, text);
  }

  /** The path from the current folder where the file is below it, else the whole path. */
  private static String shown(Path full) {
    Path here = Path.of("").toAbsolutePath();
    return full.startsWith(here) ? here.relativize(full).toString() : full.toString();
  }
}
