package org.seal4j.scripts.adapt;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/** What an adapter is trained on. */
enum StudyMethod {
  /** The passage itself, with its title. */
  TEXT,
  /** What follows from the passage, in the model's own words. */
  IMPLICATIONS,
  /** The passage in the model's own words. */
  REWRITE,
  /** The model's own questions with its answers, each token for certain. */
  SELF_QA,
  /** The same questions with what the model held for likely while it read the passage. */
  DISTILL;

  /**
   * Reads a method or several, joined by {@code +}, such as {@code text+distill}.
   *
   * @param key of the recipe, for messages
   */
  static Set<StudyMethod> read(String key, String methods) {
    Set<StudyMethod> all = EnumSet.noneOf(StudyMethod.class);
    for (String name : methods.split("\\+", -1)) {
      StudyMethod method =
          Arrays.stream(values())
              .filter(one -> one.label().equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Checks.refuse(
                          "%s is '%s', but a method is one of %s, or several joined by +, such as"
                              + " text+distill",
                          key, methods, known()));
      Checks.require(all.add(method), "%s is '%s', which names %s twice", key, methods, name);
    }
    Checks.require(
        !all.containsAll(Set.of(SELF_QA, DISTILL)),
        "%s is '%s', but self-qa and distill are the same questions with two kinds of targets; name"
            + " one of them",
        key,
        methods);
    return Collections.unmodifiableSet(all);
  }

  private static String known() {
    return Arrays.stream(values()).map(StudyMethod::label).collect(Collectors.joining(", "));
  }

  /** As recipes spell it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is made of questions. */
  boolean asks() {
    return this == SELF_QA || this == DISTILL;
  }
}
