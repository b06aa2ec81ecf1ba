package org.seal4j.scripts.recipe;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as trees of plain values, keys in record order: maps, lists, numbers, flags, texts; enum
 * constants and paths as a recipe writes them.
 */
public final class RecordTree {
  private RecordTree() {}

  /** The components of several records, one after another, as one map. */
  public static Map<String, @Nullable Object> of(Record... records) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (Record record : records) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        tree.put(component.getName(), plain(read(record, component)));
      }
    }
    return tree;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value != null && ValueTypes.isValue(value.getClass())) {
      return plain(ValueTypes.written(value));
    }
    if (value instanceof Record record) {
      return of(record);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, held) -> plain.put(String.valueOf(key), plain(held)));
      return plain;
    }
    if (value instanceof Collection<?> items) {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    return value instanceof Enum<?> || value instanceof Path ? Scalars.text(value) : value;
  }

  private static @Nullable Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
