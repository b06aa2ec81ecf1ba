package org.seal4j.rl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.seal4j.data.check.Checks;

/** Parts that recipes name: those that come with Seal4J, and those of jars on the class path. */
public final class Extensions {
  private Extensions() {}

  /**
   * The part of this name.
   *
   * @param key of the recipe that names it, for the message
   * @param type the service that jars provide
   * @param builtIn parts that come with Seal4J
   * @param nameOf what recipes call a part
   */
  public static <T> T named(
      String key,
      String name,
      Class<T> type,
      List<? extends T> builtIn,
      Function<T, String> nameOf) {
    Map<String, T> known = new LinkedHashMap<>();
    builtIn.forEach(part -> known.put(nameOf.apply(part), part));
    ServiceLoader.load(type).forEach(part -> known.putIfAbsent(nameOf.apply(part), part));
    return Checks.present(
        known.get(name),
        "%s is '%s', which is none of %s; a part of your own needs a jar on the class path that"
            + " names it in META-INF/services/%s",
        key,
        name,
        String.join(", ", known.keySet()),
        type.getName());
  }
}
