package org.seal4j.data.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things that a recipe names and anyone can add: those built in, and those that {@link
 * ServiceLoader} finds on the class path. A name stands for one object as long as the program runs.
 *
 * <p>Safe for use by several threads.
 *
 * @param <T> the service
 */
public final class NamedServices<T> {
  private static final String NAME = "[a-z][a-z0-9_-]*";

  private final Class<T> type;
  private final String noun;
  private final Function<? super T, String> name;
  private final Map<String, T> known = new ConcurrentHashMap<>();

  /**
   * The built-in services of a type; others are looked for when a name is asked for that is not
   * known.
   *
   * @param noun what one is called in messages, such as "optimizer"
   * @param name the name by which recipes call one
   */
  public NamedServices(
      Class<T> type, String noun, Function<? super T, String> name, List<? extends T> builtIn) {
    this.type = type;
    this.noun = noun;
    this.name = name;
    builtIn.forEach(this::add);
  }

  /**
   * The service of this name.
   *
   * @throws InputException where there is none; the message lists those there are and says how to
   *     add one
   */
  public T get(String wanted) {
    @Nullable T found = known.get(wanted);
    if (found == null) {
      search();
      found = known.get(wanted);
    }
    return Checks.present(
        found,
        "there is no %s '%s'; there are %s; to add one, put a jar on the class path whose file"
            + " META-INF/services/%s names its class",
        noun,
        wanted,
        String.join(", ", sorted()),
        type.getName());
  }

  /** All names, those on the class path included, in alphabetical order. */
  public List<String> names() {
    search();
    return sorted();
  }

  private List<String> sorted() {
    List<String> names = new ArrayList<>(known.keySet());
    names.sort(Comparator.naturalOrder());
    return List.copyOf(names);
  }

  private void search() {
    try {
      ServiceLoader.load(type).forEach(this::add);
    } catch (ServiceConfigurationError e) {
      throw new InputException(
          "a jar on the class path offers the %s in META-INF/services/%s, but it cannot be made: %s"
              .formatted(noun, type.getName(), e.getMessage()),
          e);
    }
  }

  private void add(T service) {
    String called = name.apply(service);
    Checks.require(
        called.matches(NAME),
        "the %s %s calls itself '%s'; a name is lower-case letters, digits, '-' and '_'",
        noun,
        service.getClass().getName(),
        called);
    T held = known.putIfAbsent(called, service);
    Checks.require(
        held == null || held.getClass() == service.getClass(),
        "two classes offer the %s '%s': %s and %s; rename one of them",
        noun,
        called,
        held == null ? "" : held.getClass().getName(),
        service.getClass().getName());
  }
}
