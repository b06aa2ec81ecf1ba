package org.seal4j.scripts.recipe;

import java.util.List;

/**
 * Records as the YAML of recipes and back, for files beside recipes that hold some of their keys.
 */
public final class RecordText {
  private RecordText() {}

  /** The components of a record as keys, in its order. */
  public static String write(Record record) {
    return RecordYaml.write(record);
  }

  /**
   * Reads what was written, as strictly as a recipe.
   *
   * @param shown the file as messages name it
   */
  public static <R extends Record> R read(String shown, String text, Class<R> type) {
    return RecordBinder.bind(YamlReader.readFile(shown, text), type, List.of());
  }
}
