package org.seal4j.data.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    List<Map.Entry<K, V>> entries = new ArrayList<>(map.entrySet());
    if (map.getClass() == HashMap.class || isImmutableCollection(map)) {
      entries.sort(Comparator.comparing(entry -> String.valueOf(entry.getKey())));
    }
    return entries;
  }

  private static <T extends @Nullable Object> List<T> items(Set<T> set) {
    List<T> items = new ArrayList<>(set);
    if (set.getClass() == HashSet.class || isImmutableCollection(set)) {
      items.sort(Comparator.comparing(String::valueOf));
    }
    return items;
  }

  /** What {@code Set.of}, {@code Map.copyOf} and their like return. */
  private static boolean isImmutableCollection(Object collection) {
    return collection.getClass().getName().startsWith("java.util.ImmutableCollections$");
  }

  @SuppressWarnings("rawtypes")
  private static final class SetWriter extends JsonSerializer<Set> {
    @Override
    public void serialize(Set set, JsonGenerator out, SerializerProvider writers)
        throws IOException {
      out.writeStartArray();
      for (Object item : items((Set<?>) set)) {
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
