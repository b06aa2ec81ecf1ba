package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;

/**
 * What an adapter is trained on: a method, or several joined by {@code +}.
 *
 * @param all the methods
 * @param policy where the policy lies that writes texts; null where none does
 */
record StudyMethods(Set<StudyMethod> all, @Nullable Path policy) {
  private static final String POLICY = "policy:";

  StudyMethods {
    all = Collections.unmodifiableSet(EnumSet.copyOf(all));
  }

  /**
   * Reads a method or several, such as {@code text+distill} or {@code text+policy:runs/squad}. The
   * path of a policy may hold a {@code +}.
   *
   * @param key of the recipe, for messages
   */
  static StudyMethods read(String key, String text) {
    Set<StudyMethod> all = EnumSet.noneOf(StudyMethod.class);
    Path policy = null;
    for (String name : names(text)) {
      StudyMethod method =
          method(name)
              .orElseThrow(
                  () ->
                      Checks.refuse(
                          "%s is '%s', but a method is one of %s, or several joined by +, such as"
                              + " text+distill",
                          key, text, known()));
      Checks.require(
          all.add(method), "%s is '%s', which names %s twice", key, text, method.label());
      if (method == StudyMethod.POLICY) {
        String place = name.substring(POLICY.length()).strip();
        Checks.require(
            !place.isEmpty(),
            "%s is '%s', but behind policy: stands no path; name the folder of a run, as in"
                + " policy:runs/squad",
            key,
            text);
        policy = Path.of(place);
      }
    }
    Checks.require(
        !all.containsAll(Set.of(StudyMethod.SELF_QA, StudyMethod.DISTILL)),
        "%s is '%s', but self-qa and distill are the same questions with two kinds of targets; name"
            + " one of them",
        key,
        text);
    return new StudyMethods(all, policy);
  }

  /** The names between the plus signs; one that is no method belongs to the path before it. */
  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String part : text.split("\\+", -1)) {
      int last = names.size() - 1;
      if (last >= 0 && names.get(last).startsWith(POLICY) && method(part.strip()).isEmpty()) {
        names.set(last, names.get(last) + "+" + part);
      } else {
        names.add(part.strip());
      }
    }
    return names;
  }

  private static Optional<StudyMethod> method(String name) {
    return name.startsWith(POLICY)
        ? Optional.of(StudyMethod.POLICY)
        : Arrays.stream(StudyMethod.values())
            .filter(one -> one != StudyMethod.POLICY && one.label().equals(name))
            .findFirst();
  }

  private static String known() {
    return Arrays.stream(StudyMethod.values())
        .map(one -> one == StudyMethod.POLICY ? POLICY + "DIR" : one.label())
        .collect(Collectors.joining(", "));
  }

  /** The text that was read, with the commit of a policy on a hub ({@link HubPath#pinned}). */
  String pinned(String text) {
    return policy == null
        ? text
        : text.replace(policy.toString(), HubPath.pinned(policy).toString());
  }
}
