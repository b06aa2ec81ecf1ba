package org.seal4j.lora.io;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.check.UntrustedPattern;
import org.seal4j.data.json.JsonKeys;

/**
 * {@code rank_pattern} or {@code alpha_pattern}: numbers for modules whose names match. A key is a
 * regular expression of Python for a whole name, or for its end behind a dot; the first that
 * matches counts.
 *
 * @param key the name of the key
 * @param where file and key, for messages
 * @param values number by expression
 */
record PeftPatterns(String key, String where, Map<String, Double> values) {
  /** What all expressions together may take of the processor. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  static PeftPatterns none(String key) {
    return new PeftPatterns(key, key, Map.of());
  }

  /** Reads the object of that key, whose numbers are read by the function. */
  static PeftPatterns read(JsonKeys keys, String key, NumberOf numbers) {
    JsonKeys patterns = keys.inner(key);
    Map<String, Double> values = new LinkedHashMap<>();
    patterns
        .object()
        .fieldNames()
        .forEachRemaining(name -> values.put(name, numbers.of(patterns, name)));
    return new PeftPatterns(key, keys.file() + ": " + key, values);
  }

  /** Reads a number. */
  @FunctionalInterface
  interface NumberOf {
    double of(JsonKeys keys, String key);
  }

  /** The number of each module that an expression names. */
  Map<String, Double> of(Collection<String> modules, List<String> warnings) {
    Map<String, Double> found = new LinkedHashMap<>();
    List<String> unmatched = new ArrayList<>();
    long until = CLOCK.getCurrentThreadCpuTime() + MOST_NANOS;
    values.forEach(
        (expression, value) -> {
          UntrustedPattern pattern =
              PythonPattern.of(
                  "(.*\\.)?(" + expression + ")", where + " '" + Shown.text(expression) + "'");
          List<String> matching = modules.stream().filter(pattern::matches).toList();
          matching.forEach(module -> found.putIfAbsent(module, value));
          if (matching.isEmpty()) {
            unmatched.add(expression);
          }
          Checks.require(
              CLOCK.getCurrentThreadCpuTime() < until,
              "%s takes too long to compare with %d modules; write fewer or simpler expressions",
              where,
              modules.size());
        });
    if (!unmatched.isEmpty()) {
      warnings.add(
          "%s: %s fits no module that has an adapter, and is ignored"
              .formatted(where, Shown.names(unmatched)));
    }
    return found;
  }
}
