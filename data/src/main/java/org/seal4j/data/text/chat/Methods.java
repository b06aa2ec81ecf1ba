package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods of texts and dictionaries that chat templates call. None changes its value. */
final class Methods {
  private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}\\x85\\x1c-\\x1f]+");
  private static final Pattern LINE = Pattern.compile("\\R");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private static final Map<String, Builtin> OF_TEXT =
      Map.ofEntries(
          Map.entry("strip", Builtin.of((text, a) -> strip(text, a, true, true), "chars")),
          Map.entry("lstrip", Builtin.of((text, a) -> strip(text, a, true, false), "chars")),
          Map.entry("rstrip", Builtin.of((text, a) -> strip(text, a, false, true), "chars")),
          Map.entry("upper", Builtin.of((text, a) -> upper(text))),
          Map.entry("lower", Builtin.of((text, a) -> lower(text))),
          Map.entry("capitalize", Builtin.of((text, a) -> capitalized(text))),
          Map.entry("title", Builtin.of((text, a) -> title(text))),
          Map.entry(
              "startswith",
              Builtin.of((text, a) -> either(a).anyMatch(((String) text)::startsWith), "prefix")),
          Map.entry(
              "endswith",
              Builtin.of((text, a) -> either(a).anyMatch(((String) text)::endsWith), "prefix")),
          Map.entry("split", Builtin.of(Methods::split, "sep", "maxsplit")),
          Map.entry("splitlines", Builtin.of((text, a) -> lines((String) text, a.budget()))),
          Map.entry("replace", Builtin.of(Methods::replace, "old", "new", "count")),
          Map.entry(
              "join",
              Builtin.of(
                  (text, a) -> Filters.join(a.required("iterable"), (String) text, a.budget()),
                  "iterable")),
          Map.entry("find", Builtin.of((text, a) -> find((String) text, a.text("sub")), "sub")));

  private static final Map<String, Builtin> OF_DICTIONARY =
      Map.of(
          "get", Builtin.of(Methods::get, "key", "default"),
          "items", Builtin.of((map, a) -> items(map)),
          "keys", Builtin.of((map, a) -> Values.elements(map)),
          "values", Builtin.of((map, a) -> List.copyOf(((Map<?, ?>) map).values())));

  private Methods() {}

  /** The method of this name, or null. */
  static @Nullable Callable of(Object value, String name) {
    Builtin method =
        value instanceof String
            ? OF_TEXT.get(name)
            : value instanceof Map ? OF_DICTIONARY.get(name) : null;
    return method == null ? null : arguments -> method.apply(value, arguments);
  }

  private static Object get(Object map, Arguments arguments) {
    Object found = ((Map<?, ?>) map).get(Values.key(arguments.required("key")));
    return found != null ? found : arguments.named().getOrDefault("default", Values.NONE);
  }

  static List<Object> items(Object map) {
    List<Object> items = new ArrayList<>();
    ((Map<?, ?>) map).forEach((key, value) -> items.add(new Tuple(List.of(key, value))));
    return items;
  }

  private static Stream<String> either(Arguments arguments) {
    Object prefix = arguments.required("prefix");
    List<Object> all = prefix instanceof Tuple tuple ? tuple : List.of(prefix);
    return all.stream().map(Values::requireText);
  }

  /** Takes what Python counts as white space, or these characters, away at these ends. */
  static String strip(Object value, Arguments arguments, boolean left, boolean right) {
    String text = (String) value;
    String chars = arguments.get("chars") == null ? "" : arguments.text("chars");
    boolean white = arguments.get("chars") == null;
    int from = 0;
    int to = text.length();
    while (left && from < to && isIn(text.codePointAt(from), chars, white)) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && isIn(text.codePointBefore(to), chars, white)) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static boolean isIn(int c, String chars, boolean white) {
    return white ? isWhite(c) : chars.indexOf(c) >= 0;
  }

  private static boolean isWhite(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static String upper(Object text) {
    return ((String) text).toUpperCase(Locale.ROOT);
  }

  static String lower(Object text) {
    return ((String) text).toLowerCase(Locale.ROOT);
  }

  static String capitalized(Object value) {
    String text = (String) value;
    int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
    return upper(text.substring(0, first)) + lower(text.substring(first));
  }

  static String title(Object text) {
    return WORD.matcher((String) text).replaceAll(word -> capitalized(word.group()));
  }

  private static Object split(Object value, Arguments arguments) {
    String text = (String) value;
    long most = arguments.number("maxsplit", -1);
    if (arguments.get("sep") == null) {
      if (most >= 0) {
        throw new TemplateFault("split needs a separator to split %d times", most);
      }
      String words = strip(text, arguments, true, true);
      return words.isEmpty() ? List.of() : parts(WHITE, words, -1, arguments.budget());
    }
    String separator = arguments.text("sep");
    if (separator.isEmpty()) {
      throw new TemplateFault("split needs a separator");
    }
    return parts(Pattern.compile(separator, Pattern.LITERAL), text, most, arguments.budget());
  }

  /** Splits a text at most so often; below 0 means without limit. */
  private static List<Object> parts(Pattern between, String text, long most, Budget budget) {
    boolean open = most < 0 || most > Budget.MAX_ITEMS;
    String[] parts = between.split(text, (int) (open ? Budget.MAX_ITEMS : most) + 1);
    budget.items(open ? parts.length : 0);
    return List.of((Object[]) parts);
  }

  static List<Object> lines(String text, Budget budget) {
    List<Object> lines = parts(LINE, text, -1, budget);
    int last = lines.size() - 1;
    return lines.get(last).equals("") ? lines.subList(0, last) : lines;
  }

  private static long find(String text, String part) {
    int at = text.indexOf(part);
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  static Object replace(Object value, Arguments arguments) {
    String text = (String) value;
    String old = arguments.text("old");
    String fresh = arguments.text("new");
    long left = arguments.number("count", -1);
    if (old.isEmpty()) {
      throw new TemplateFault("replace needs a text to replace");
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(old); at >= 0 && left-- != 0; at = text.indexOf(old, from)) {
      arguments.budget().append(replaced, text.substring(from, at) + fresh);
      from = at + old.length();
    }
    arguments.budget().append(replaced, text.substring(from));
    return replaced.toString();
  }
}
