package org.seal4j.data.text.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the brackets of a call.
 *
 * @param positional values without a name
 * @param named values with one
 * @param budget what the call may cost
 */
record Arguments(List<Object> positional, Map<String, Object> named, Budget budget) {
  /** All arguments under the names of these parameters. */
  Arguments under(List<String> parameters) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (positional.size() > parameters.size()) {
      throw new TemplateFault(
          "%d arguments stand where at most %d are expected", positional.size(), parameters.size());
    }
    for (int i = 0; i < positional.size(); i++) {
      all.put(parameters.get(i), positional.get(i));
    }
    named.forEach(
        (name, value) -> {
          if (!parameters.contains(name) || all.put(name, value) != null) {
            throw new TemplateFault("the argument '%s' is not known or stands twice", name);
          }
        });
    return new Arguments(List.of(), all, budget);
  }

  /** These arguments without the first. */
  Arguments rest() {
    return new Arguments(positional.subList(1, positional.size()), named, budget);
  }

  @Nullable Object get(String name) {
    Object value = named.get(name);
    return value == Values.NONE ? null : value;
  }

  Object required(String name) {
    Object value = named.get(name);
    if (value == null) {
      throw new TemplateFault("the argument '%s' is missing", name);
    }
    return value;
  }

  String text(String name) {
    return Values.requireText(required(name));
  }

  long number(String name, long fallback) {
    Object value = get(name);
    return value == null ? fallback : Values.requireInteger(value);
  }

  boolean flag(String name) {
    Object value = get(name);
    return value != null && Values.isTrue(value);
  }
}
