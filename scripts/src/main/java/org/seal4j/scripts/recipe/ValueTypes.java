package org.seal4j.scripts.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.scripts.recipe.YamlNode.Mapping;
import org.seal4j.scripts.recipe.YamlNode.Scalar;

/**
 * Classes whose objects a recipe writes as one value, such as the name of an optimizer: they have a
 * {@code @JsonCreator} of one parameter and a {@code @JsonValue}, as for JSON. A creator that takes
 * text reads a scalar; one that takes any object reads a group of keys as well.
 */
final class ValueTypes {
  private ValueTypes() {}

  /** Whether a recipe writes objects of this class as one value. */
  static boolean isValue(Class<?> type) {
    return creator(type).isPresent();
  }

  /** Whether the class can be read from this node. */
  static boolean reads(Class<?> type, YamlNode node) {
    return creator(type)
        .map(Executable::getParameterTypes)
        .map(
            taken ->
                node instanceof Scalar scalar
                    ? scalar.text() != null
                    : node instanceof Mapping && taken[0] == Object.class)
        .orElse(false);
  }

  /**
   * The object that a node stands for.
   *
   * @throws InvocationTargetException where the class refuses it
   */
  static Object read(Class<?> type, YamlNode node) throws InvocationTargetException {
    Executable creator = creator(type).orElseThrow();
    Object argument = plain(node);
    try {
      return creator instanceof Constructor<?> constructor
          ? constructor.newInstance(argument)
          : ((Method) creator).invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw e;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /** The text or map which {@link #read} reads back to the same object. */
  static Object written(Object value) {
    Method accessor =
        types(value.getClass())
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(JsonValue.class))
            .findFirst()
            .orElseThrow();
    try {
      return open(accessor).invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + accessor, e);
    }
  }

  /** What a value looks like, for messages: the names that the class lists, where it does. */
  static String words(Class<?> type) {
    try {
      Object names = type.getMethod("names").invoke(null);
      return "one of "
          + String.join(", ", ((List<?>) names).stream().map(String::valueOf).toList());
    } catch (ReflectiveOperationException e) {
      return "text";
    }
  }

  private static Object plain(YamlNode node) {
    if (node instanceof Mapping mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      mapping.entries().forEach((key, held) -> map.put(key, numberOrText(held)));
      return map;
    }
    return text(node);
  }

  private static Object numberOrText(YamlNode node) {
    try {
      return Scalars.parse(Double.class, text(node));
    } catch (IllegalArgumentException e) {
      return text(node);
    }
  }

  private static String text(YamlNode node) {
    return node instanceof Scalar scalar && scalar.text() != null ? scalar.text() : node.words();
  }

  private static Optional<Executable> creator(Class<?> type) {
    return types(type)
        .flatMap(
            t ->
                Stream.concat(
                    Arrays.stream(t.getDeclaredConstructors()),
                    Arrays.stream(t.getDeclaredMethods())))
        .filter(executable -> executable.isAnnotationPresent(JsonCreator.class))
        .filter(executable -> executable.getParameterCount() == 1)
        .findFirst()
        .map(ValueTypes::open);
  }

  private static Stream<Class<?>> types(Class<?> type) {
    return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()));
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }
}
