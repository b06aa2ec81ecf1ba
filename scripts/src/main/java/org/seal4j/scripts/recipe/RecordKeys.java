package org.seal4j.scripts.recipe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Nearest;

/**
 * The keys that a tree of records makes: what exists, what was probably meant, what may be left
 * out.
 */
final class RecordKeys {
  private RecordKeys() {}

  /** The component names of a record, in order. */
  static List<String> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** Every path below a record, such as {@code inner.lora.rank}, in record order. */
  static List<String> allPaths(Class<?> type) {
    List<String> paths = new ArrayList<>();
    collect("", type, paths);
    return paths;
  }

  /**
   * The path that {@code path} most likely meant: the same name in another group, else a similar
   * one beside it.
   */
  static Optional<String> nearest(String path, Class<?> owner, Class<?> root, List<String> extra) {
    int dot = path.lastIndexOf('.');
    String parent = path.substring(0, dot + 1);
    String name = path.substring(dot + 1);
    List<String> siblings = new ArrayList<>(parent.isEmpty() ? extra : List.of());
    siblings.addAll(of(owner));
    List<String> everywhere = allPaths(root);
    return everywhere.stream()
        .filter(p -> lastName(p).equals(name))
        .findFirst()
        .or(() -> Nearest.to(name, siblings).map(sibling -> parent + sibling))
        .or(() -> Nearest.to(path, everywhere));
  }

  /** Whether a component may be missing or null: it is declared {@code @Nullable}. */
  static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The class behind a possibly generic type. */
  static Class<?> rawClass(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType generic) {
      return (Class<?>) generic.getRawType();
    }
    throw new IllegalStateException("a recipe cannot hold a value of type " + type);
  }

  /** The last type argument: what a list, set or map holds. */
  static Type held(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    throw new IllegalStateException("a recipe needs to know what a " + type + " holds");
  }

  private static void collect(String prefix, Class<?> type, List<String> paths) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + component.getName();
      paths.add(path);
      if (component.getType().isRecord() && !ValueTypes.isValue(component.getType())) {
        collect(path + ".", component.getType(), paths);
      }
    }
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
