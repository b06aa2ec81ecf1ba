package org.seal4j.data.text.chat;

import java.util.List;

/**
 * A filter, a test or a method of a value.
 *
 * @param parameters names of its arguments; {@link #ANY} alone when it takes what comes
 * @param body what it does
 */
record Builtin(List<String> parameters, Body body) {
  /** Stands for arguments without limit. */
  static final String ANY = "*";

  /** What a builtin does with a value. */
  @FunctionalInterface
  interface Body {
    Object apply(Object value, Arguments arguments);
  }

  static Builtin of(Body body, String... parameters) {
    return new Builtin(List.of(parameters), body);
  }

  Object apply(Object value, Arguments arguments) {
    Arguments bound = parameters.contains(ANY) ? arguments : arguments.under(parameters);
    bound.budget().read(value);
    bound.named().values().forEach(bound.budget()::read);
    return body.apply(value, bound);
  }
}
