package org.seal4j.scripts.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.scripts.recipe.YamlNode.Mapping;

/**
 * Settings of something that is no experiment, read as strictly as a recipe: defaults that have
 * every key, the user's file over them, the {@code --set} options over both.
 */
public final class SettingsFile {
  /** Longest file in bytes. */
  private static final long MOST_BYTES = 1 << 18;

  private SettingsFile() {}

  /**
   * Reads them.
   *
   * @param defaults YAML that has every key
   * @param file of the user; null for none
   * @param sets {@code key=value} texts, later ones win
   */
  public static <C extends Record> C read(
      String defaults, @Nullable Path file, List<String> sets, Class<C> type) {
    Mapping tree = YamlReader.readFile("the default settings", defaults);
    if (file != null) {
      Checks.require(
          Files.isRegularFile(RegularFile.require(file)),
          "there is no file %s with settings",
          file);
      tree = tree.overlaidBy(YamlReader.readFile(file.toString(), TextFile.read(file, MOST_BYTES)));
    }
    for (String set : sets) {
      tree = tree.overlaidBy(RecipeBook.override(set));
    }
    return RecordBinder.bind(tree, type, List.of());
  }
}
