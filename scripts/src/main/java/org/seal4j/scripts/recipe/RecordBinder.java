package org.seal4j.scripts.recipe;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.scripts.recipe.YamlNode.Items;
import org.seal4j.scripts.recipe.YamlNode.Mapping;
import org.seal4j.scripts.recipe.YamlNode.Scalar;

/**
 * Turns YAML into a tree of records, strictly: every key is known, no key is missing (but
 * {@code @Nullable} components may be), every value has the type of its component, and what a
 * compact constructor refuses is reported with the path of its key.
 */
final class RecordBinder {
  private final Class<?> root;
  private final List<String> alsoAtTheTop;

  private RecordBinder(Class<?> root, List<String> alsoAtTheTop) {
    this.root = root;
    this.alsoAtTheTop = alsoAtTheTop;
  }

  /**
   * Binds a whole mapping.
   *
   * @param alsoAtTheTop keys that are known at the top though this record does not have them: only
   *     for the suggestion in a message
   */
  static <R extends Record> R bind(Mapping mapping, Class<R> type, List<String> alsoAtTheTop) {
    return type.cast(new RecordBinder(type, alsoAtTheTop).record("", mapping, type));
  }

  private Object record(String path, Mapping mapping, Class<?> type) {
    refuseUnknownKeys(path, mapping, type);
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(path, mapping, components[i]);
    }
    return construct(path, mapping, type, values);
  }

  private void refuseUnknownKeys(String path, Mapping mapping, Class<?> type) {
    List<String> known = RecordKeys.of(type);
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (known.contains(key)) {
                return;
              }
              String unknown = join(path, key);
              String advice =
                  RenamedKeys.advice(unknown, node)
                      .or(
                          () ->
                              RecordKeys.nearest(unknown, type, root, alsoAtTheTop)
                                  .map(nearest -> "did you mean '" + nearest + "'?"))
                      .orElseGet(() -> "known keys here are " + String.join(", ", known));
              throw Checks.refuse("%s: unknown key '%s'; %s", node.place(), unknown, advice);
            });
  }

  private @Nullable Object component(String path, Mapping mapping, RecordComponent component) {
    String key = join(path, component.getName());
    YamlNode node = mapping.entries().get(component.getName());
    Class<?> type = component.getType();
    if (node == null) {
      if (RecordKeys.isOptional(component)) {
        return null;
      }
      throw Checks.refuse("%s: missing key '%s': %s", mapping.place(), key, expected(type));
    }
    if (RecordKeys.isOptional(component)
        && node instanceof Scalar scalar
        && scalar.text() == null) {
      return null;
    }
    return value(key, node, component.getGenericType());
  }

  private Object value(String key, YamlNode node, Type type) {
    Class<?> raw = RecordKeys.rawClass(type);
    if (ValueTypes.isValue(raw)) {
      return oneValue(key, node, raw);
    }
    if (raw.isRecord() && node instanceof Mapping mapping) {
      return record(key, mapping, raw);
    }
    if ((raw == List.class || raw == Set.class) && node instanceof Items items) {
      return items(key, items, type);
    }
    if (raw == Map.class && node instanceof Mapping mapping) {
      return map(key, mapping, type);
    }
    if (Scalars.isScalar(raw) && node instanceof Scalar scalar && scalar.text() != null) {
      return scalar(key, scalar, scalar.text(), raw);
    }
    throw wrongType(key, node, raw);
  }

  private static Object oneValue(String key, YamlNode node, Class<?> type) {
    if (!ValueTypes.reads(type, node)) {
      throw wrongType(key, node, type);
    }
    try {
      return ValueTypes.read(type, node);
    } catch (InvocationTargetException e) {
      throw refused(key, node.place(), type, e);
    }
  }

  private Collection<Object> items(String key, Items items, Type type) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      values.add(value(key + "[" + i + "]", items.items().get(i), RecordKeys.held(type)));
    }
    if (RecordKeys.rawClass(type) == List.class) {
      return List.copyOf(values);
    }
    Set<Object> set = new LinkedHashSet<>(values);
    Checks.require(
        set.size() == values.size(), "%s: key '%s' names a value twice", items.place(), key);
    return Collections.unmodifiableSet(set);
  }

  private Map<String, Object> map(String key, Mapping mapping, Type type) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((k, node) -> values.put(k, value(join(key, k), node, RecordKeys.held(type))));
    return Collections.unmodifiableMap(values);
  }

  private static Object scalar(String key, Scalar scalar, String text, Class<?> type) {
    try {
      return Scalars.parse(type, text);
    } catch (IllegalArgumentException e) {
      throw wrongType(key, scalar, type);
    }
  }

  private static InputException wrongType(String key, YamlNode node, Class<?> type) {
    return Checks.refuse(
        "%s: key '%s' must be %s but is %s", node.place(), key, expected(type), node.words());
  }

  private static String expected(Class<?> type) {
    if (ValueTypes.isValue(type)) {
      return ValueTypes.words(type);
    }
    if (type.isRecord()) {
      return "a group of keys (" + String.join(", ", RecordKeys.of(type)) + ")";
    }
    if (type == List.class || type == Set.class) {
      return "a list";
    }
    return type == Map.class ? "a group of keys" : Scalars.words(type);
  }

  private static Object construct(
      String path, Mapping mapping, Class<?> type, @Nullable Object[] values) {
    try {
      Constructor<?> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      String refusal = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
      throw refused(path, Blame.of(mapping, path, refusal), type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private static InputException refused(
      String path, Place place, Class<?> type, InvocationTargetException e) {
    if (e.getCause() instanceof InputException refused) {
      String group = "in '" + path + "': ";
      boolean named = path.isEmpty() || String.valueOf(refused.getMessage()).startsWith(group);
      String where = named ? "" : group;
      return new InputException(place + ": " + where + refused.getMessage(), refused);
    }
    throw new IllegalStateException("the checks of " + type.getName() + " failed", e.getCause());
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
