package org.seal4j.data.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes sets and maps in an order that is the same in every run: their own where they have one, by
 * text where they have none. ({@code Set.of} and {@code Map.copyOf} change theirs from one JVM to
 * the next.)
 */
public final class StableOrder {
  private StableOrder() {}

  public static Module module() {
    return new SimpleModule("stable-order")
        .addSerializer(Set.class, new SetWriter())
        .addSerializer(Map.class, new MapWriter());
  }

  /** The entries of a map in the order in which they are written. */
  public static <K, V extends @Nullable Object> List<Map.Entry<K, V>> entries(Map<K, V> map) {
    return sorted(map, map.entrySet(), Map.Entry::getKey);
  }

  /** The items of a collection, by their texts unless it has an order of its own. */
  private static <T extends @Nullable Object> List<T> sorted(
      Object collection, Collection<T> items, Function<T, @Nullable Object> key) {
    List<T> sorted = new ArrayList<>(items);
    Class<?> type = collection.getClass();
    if (type == HashMap.class
        || type == HashSet.class
        || type.getName().startsWith("java.util.ImmutableCollections$")) {
      sorted.sort(Comparator.comparing(item -> String.valueOf(key.apply(item))));
    }
    return sorted;
  }

  @SuppressWarnings("rawtypes")
  private static final class SetWriter extends JsonSerializer<Set> {
    @Override
    public void serialize(Set set, JsonGenerator out, SerializerProvider writers)
        throws IOException {
      out.writeStartArray();
      for (Object item : sorted(set, (Set<?>) set, one -> one)) {
        writers.defaultSerializeValue(item, out);
      }
      out.writeEndArray();
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class MapWriter extends JsonSerializer<Map> {
    @Override
    public void serialize(Map map, JsonGenerator out, SerializerProvider writers)
        throws IOException {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : entries((Map<?, ?>) map)) {
        out.writeFieldName(String.valueOf(entry.getKey()));
        writers.defaultSerializeValue(entry.getValue(), out);
      }
      out.writeEndObject();
    }
  }
}
