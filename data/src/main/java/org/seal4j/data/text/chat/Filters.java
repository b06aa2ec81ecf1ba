package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The filters that chat templates use. */
final class Filters {
  static final Map<String, Builtin> ALL = new TreeMap<>();

  static {
    text("upper", Builtin.of((value, a) -> Methods.upper(value)));
    text("lower", Builtin.of((value, a) -> Methods.lower(value)));
    text("capitalize", Builtin.of((value, a) -> Methods.capitalized(value)));
    text("trim", Builtin.of((value, a) -> Methods.strip(value, a, true, true), "chars"));
    text("replace", Builtin.of(Methods::replace, "old", "new", "count"));
    ALL.put("indent", Builtin.of(Filters::indented, "width", "first", "blank"));
    text("string", Builtin.of((value, a) -> value));
    text("safe", Builtin.of((value, a) -> value));
    Builtin json = Builtin.of(Written::json, "ensure_ascii", "indent", "separators", "sort_keys");
    ALL.put("tojson", json);
    Builtin fallback = Builtin.of(Filters::fallback, "default_value", "boolean");
    ALL.put("default", fallback);
    ALL.put("d", fallback);
    Builtin length = Builtin.of((value, a) -> (long) Values.size(value));
    ALL.put("length", length);
    ALL.put("count", length);
    ALL.put("int", Builtin.of(Filters::integer, "default"));
    ALL.put("first", Builtin.of((value, a) -> end(Values.elements(value), true)));
    ALL.put("last", Builtin.of((value, a) -> end(Values.elements(value), false)));
    ALL.put("reverse", Builtin.of((value, a) -> Places.slice(value, null, null, -1)));
    ALL.put("items", Builtin.of((value, a) -> items(value)));
    ALL.put("list", Builtin.of((value, a) -> list(Values.elements(value), a.budget())));
    ALL.put("join", Builtin.of(Filters::join, "d", "attribute"));
    ALL.put("map", Builtin.of(Filters::map, Builtin.ANY));
    ALL.put("select", Builtin.of((value, a) -> selected(value, a, false, true), Builtin.ANY));
    ALL.put("reject", Builtin.of((value, a) -> selected(value, a, false, false), Builtin.ANY));
    ALL.put("selectattr", Builtin.of((value, a) -> selected(value, a, true, true), Builtin.ANY));
    ALL.put("rejectattr", Builtin.of((value, a) -> selected(value, a, true, false), Builtin.ANY));
  }

  private Filters() {}

  /** A filter that takes any value as what is written for it. */
  private static void text(String name, Builtin filter) {
    Builtin.Body body = (value, a) -> filter.body().apply(Written.text(value, a.budget()), a);
    ALL.put(name, new Builtin(filter.parameters(), body));
  }

  private static Object fallback(Object value, Arguments arguments) {
    boolean missing =
        value instanceof Values.Undefined || (arguments.flag("boolean") && !Values.isTrue(value));
    return missing ? arguments.named().getOrDefault("default_value", "") : value;
  }

  private static Object integer(Object value, Arguments arguments) {
    if (!(value instanceof String text)) {
      return value instanceof Number || value instanceof Boolean
          ? (Object) Values.requireNumber(value).longValue()
          : arguments.number("default", 0);
    }
    try {
      return (long) Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return arguments.number("default", 0);
    }
  }

  private static Object end(List<Object> elements, boolean first) {
    if (elements.isEmpty()) {
      return new Values.Undefined(first ? "first" : "last");
    }
    return elements.get(first ? 0 : elements.size() - 1);
  }

  private static List<Object> items(Object value) {
    if (value instanceof Values.Undefined) {
      return List.of();
    }
    if (!(value instanceof Map)) {
      throw new TemplateFault("%s stands where a dictionary is needed", Values.kind(value));
    }
    return Methods.items(value);
  }

  private static List<Object> list(List<Object> elements, Budget budget) {
    budget.items(elements.size());
    return new ArrayList<>(elements);
  }

  private static String join(Object value, Arguments arguments) {
    List<Object> elements = Values.elements(value);
    if (arguments.get("attribute") != null) {
      elements = elements.stream().map(path(arguments.text("attribute"), null)).toList();
    }
    String between = arguments.get("d") == null ? "" : arguments.text("d");
    return join(elements, between, arguments.budget());
  }

  static String join(Object value, String between, Budget budget) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (Object element : Values.elements(value)) {
      budget.append(text, before);
      budget.append(text, Written.text(element, budget));
      before = between;
    }
    return text.toString();
  }

  private static String indented(Object value, Arguments arguments) {
    Object width = arguments.get("width");
    String margin =
        width instanceof String text
            ? text
            : " ".repeat(arguments.budget().characters(Math.max(0, arguments.number("width", 4))));
    StringBuilder text = new StringBuilder(arguments.flag("first") ? margin : "");
    String before = "";
    for (Object line : Methods.lines(Values.requireText(value) + "\n", arguments.budget())) {
      boolean bare = before.isEmpty() || (line.equals("") && !arguments.flag("blank"));
      arguments.budget().append(text, before + (bare ? "" : margin) + line);
      before = "\n";
    }
    return text.toString();
  }

  /**
   * The part of an element at names that are divided by points.
   *
   * @param missing what stands for a part that is undefined, or null
   */
  private static UnaryOperator<Object> path(String names, @Nullable Object missing) {
    List<String> steps = List.of(names.split("\\.", -1));
    return element -> {
      Object part = element;
      for (String step : steps) {
        part = Values.item(part, step.matches("\\d{1,9}") ? Long.valueOf(step) : step);
        part = missing != null && part instanceof Values.Undefined ? missing : part;
      }
      return part;
    };
  }

  /** The elements of a value; those of any that counts as false are none. */
  private static List<Object> elementsOf(Object value) {
    return Values.isTrue(value) ? Values.elements(value) : List.of();
  }

  private static Object map(Object value, Arguments arguments) {
    UnaryOperator<Object> change;
    if (arguments.named().get("attribute") instanceof String names) {
      change = path(names, arguments.get("default"));
    } else {
      Builtin filter = named(ALL, "filter", arguments);
      Arguments rest = arguments.rest();
      change = element -> filter.apply(element, rest);
    }
    return elementsOf(value).stream().map(change).toList();
  }

  private static Builtin named(Map<String, Builtin> all, String kind, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new TemplateFault("the name of a %s is missing", kind);
    }
    String name = Values.requireText(arguments.positional().get(0));
    Builtin found = all.get(name);
    if (found == null) {
      throw new TemplateFault("there is no %s '%s'", kind, name);
    }
    return found;
  }

  /** The elements that pass a test, or whose attribute does; or those that fail it. */
  private static Object selected(
      Object value, Arguments arguments, boolean attribute, boolean expected) {
    Arguments left = arguments;
    UnaryOperator<Object> part = UnaryOperator.identity();
    if (attribute) {
      if (left.positional().isEmpty()) {
        throw new TemplateFault("the name of an attribute is missing");
      }
      part = path(Values.requireText(left.positional().get(0)), null);
      left = left.rest();
    }
    Builtin test = left.positional().isEmpty() ? Tests.TRUTH : named(Tests.ALL, "test", left);
    Arguments rest = left.positional().isEmpty() ? left : left.rest();
    List<Object> selected = new ArrayList<>();
    for (Object element : elementsOf(value)) {
      if (test.apply(part.apply(element), rest).equals(expected)) {
        selected.add(element);
      }
    }
    return Collections.unmodifiableList(selected);
  }
}
