package org.seal4j.data.text.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The tests that may stand behind {@code is}. */
final class Tests {
  static final Map<String, Builtin> ALL = new TreeMap<>();

  /** Whether a value counts as true. */
  static final Builtin TRUTH = Builtin.of((value, arguments) -> Values.isTrue(value));

  static {
    kind("defined", value -> !(value instanceof Values.Undefined));
    kind("undefined", value -> value instanceof Values.Undefined);
    kind("none", value -> value == Values.NONE);
    kind("string", value -> value instanceof String);
    kind("mapping", value -> value instanceof Map);
    kind("iterable", Tests::hasElements);
    kind("sequence", Tests::hasElements);
    kind("callable", value -> value instanceof Callable || value instanceof Values.Undefined);
    kind("boolean", value -> value instanceof Boolean);
    kind("true", value -> value.equals(true));
    kind("false", value -> value.equals(false));
    kind("number", value -> value instanceof Number || value instanceof Boolean);
    kind("integer", value -> value instanceof Long);
    kind("float", value -> value instanceof Double);
    kind("odd", value -> Math.floorMod(Values.requireInteger(value), 2) == 1);
    kind("even", value -> Math.floorMod(Values.requireInteger(value), 2) == 0);
    order(sign -> sign > 0, ">", "gt", "greaterthan");
    order(sign -> sign >= 0, ">=", "ge");
    order(sign -> sign < 0, "<", "lt", "lessthan");
    order(sign -> sign <= 0, "<=", "le");
    for (String name : List.of("==", "eq", "equalto")) {
      with(name, (value, a) -> Values.equal(value, a.required("other"), a.budget()));
    }
    for (String name : List.of("!=", "ne")) {
      with(name, (value, a) -> !Values.equal(value, a.required("other"), a.budget()));
    }
    with("in", (value, a) -> Values.contains(a.required("other"), value, a.budget()));
    with("sameas", (value, a) -> Values.isSame(value, a.required("other")));
    with(
        "divisibleby",
        (value, a) -> Operators.apply("%", value, a.required("other"), a.budget()).equals(0L));
  }

  private Tests() {}

  private static void kind(String name, Predicate<Object> test) {
    ALL.put(name, Builtin.of((value, arguments) -> test.test(value)));
  }

  private static void with(String name, Builtin.Body test) {
    ALL.put(name, Builtin.of(test, "other"));
  }

  private static void order(IntPredicate test, String... names) {
    for (String name : names) {
      with(name, (value, a) -> test.test(Values.compare(value, a.required("other"), a.budget())));
    }
  }

  private static boolean hasElements(Object value) {
    return value instanceof String
        || value instanceof List
        || value instanceof Map
        || value instanceof Values.Undefined;
  }
}
