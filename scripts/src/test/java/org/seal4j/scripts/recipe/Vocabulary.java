package org.seal4j.scripts.recipe;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.rl.experiment.Experiment;

/** The keys of recipes, for tests outside of this package: all that kinds have, and the renamed. */
public final class Vocabulary {
  /** A key of an earlier version and its name now; both may end with {@code *}. */
  public record Renamed(String old, String now) {}

  private Vocabulary() {}

  /** Every path of this kind, those of the head of a recipe included. */
  public static Set<String> keys(Experiment<?> kind) {
    Set<String> keys = new TreeSet<>(RecordKeys.of(RecipeHead.class));
    keys.addAll(RecordKeys.allPaths(kind.keys()));
    return keys;
  }

  /** Every path of settings that are no recipe. */
  public static Set<String> settings(Class<? extends Record> type) {
    return new TreeSet<>(RecordKeys.allPaths(type));
  }

  /** The records of settings, those in lists and maps included. */
  public static Set<Class<?>> settingRecords(Class<? extends Record> type) {
    Set<Class<?>> records = new LinkedHashSet<>();
    collect(type, records);
    return records;
  }

  /** The lines of {@code renamed-keys.txt}. */
  public static List<Renamed> renamed() {
    return RenamedKeys.lines().entrySet().stream()
        .map(line -> new Renamed(line.getKey(), line.getValue()))
        .toList();
  }

  /** The record of a kind and all records below it, those in lists and maps included. */
  public static Set<Class<?>> records(Experiment<?> kind) {
    Set<Class<?>> records = new LinkedHashSet<>();
    collect(kind.keys(), records);
    return records;
  }

  private static void collect(Type type, Set<Class<?>> records) {
    Class<?> raw = RecordKeys.rawClass(type);
    if (Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
      collect(RecordKeys.held(type), records);
    } else if (raw.isRecord() && !ValueTypes.isValue(raw) && records.add(raw)) {
      List<RecordComponent> components = new ArrayList<>(List.of(raw.getRecordComponents()));
      components.forEach(component -> collect(component.getGenericType(), records));
    }
  }
}
