package org.seal4j.data.text.chat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Values as text: as Python's {@code str} writes them, or its {@code json.dumps}. */
final class Written {
  /** What a text in a Python list spells as an escape. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Z}&&[^ ]]");

  private static final Map<Integer, String> ESCAPES =
      Map.of((int) '\\', "\\\\", (int) '\n', "\\n", (int) '\r', "\\r", (int) '\t', "\\t");
  private static final Map<Integer, String> JSON_ESCAPES =
      Map.of((int) '\b', "\\b", (int) '\f', "\\f");

  private final Arguments arguments;
  private final boolean json;
  private final long indent;
  private final String comma;
  private final String colon;
  private final StringBuilder out = new StringBuilder();

  private Written(Arguments arguments, boolean json) {
    this.arguments = arguments;
    this.json = json;
    indent = Math.min(arguments.number("indent", -1), 100);
    boolean chosen = arguments.get("separators") != null;
    List<Object> separators =
        chosen ? Values.elements(arguments.required("separators")) : List.of();
    if (chosen && separators.size() != 2) {
      throw new TemplateFault("tojson needs two separators but got %d", separators.size());
    }
    comma = chosen ? Values.requireText(separators.get(0)) : indent < 0 ? ", " : ",";
    colon = chosen ? Values.requireText(separators.get(1)) : ": ";
  }

  /** How a value is written into the text. */
  static String text(Object value, Budget budget) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Values.Undefined) {
      return "";
    }
    return new Written(new Arguments(List.of(), Map.of(), budget), false).written(value);
  }

  /** The filter {@code tojson}. */
  static String json(Object value, Arguments arguments) {
    return new Written(arguments, true).written(value);
  }

  private String written(Object value) {
    write(value, 0);
    return out.toString();
  }

  private void append(String text) {
    arguments.budget().append(out, text);
  }

  private void write(Object value, int depth) {
    arguments.budget().enter();
    if (value instanceof Range) {
      throw new TemplateFault("a range cannot be written into a text; put |list behind it");
    }
    if (value instanceof List<?> list) {
      boolean tuple = !json && list instanceof Tuple;
      append(tuple ? "(" : "[");
      String before = "";
      for (Object element : list) {
        line(before, depth + 1);
        write(element, depth + 1);
        before = comma;
      }
      close(list.isEmpty(), tuple ? (list.size() == 1 ? ",)" : ")") : "]", depth);
    } else if (value instanceof Map<?, ?> map) {
      append("{");
      String before = "";
      for (Object key : keys(map)) {
        line(before, depth + 1);
        write(json ? key.toString() : key, depth);
        append(colon);
        write(Objects.requireNonNull(map.get(key)), depth + 1);
        before = comma;
      }
      close(map.isEmpty(), "}", depth);
    } else {
      append(value instanceof String text ? quoted(text) : simple(value));
    }
    arguments.budget().leave();
  }

  private List<Object> keys(Map<?, ?> map) {
    List<Object> keys = new ArrayList<>(map.keySet());
    if (arguments.flag("sort_keys")) {
      keys.sort((left, right) -> Values.compare(left, right, arguments.budget()));
    }
    return keys;
  }

  private void line(String before, int depth) {
    append(before + (indent < 0 ? "" : "\n" + " ".repeat((int) indent * depth)));
  }

  private void close(boolean empty, String bracket, int depth) {
    if (!empty) {
      line("", depth);
    }
    append(bracket);
  }

  private String simple(Object value) {
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Boolean || value == Values.NONE) {
      String python = value == Values.NONE ? "None" : value.equals(true) ? "True" : "False";
      return !json ? python : value == Values.NONE ? "null" : value.toString();
    }
    if (value instanceof Long || (!json && value instanceof Values.Undefined)) {
      return value instanceof Long ? value.toString() : "Undefined";
    }
    throw new TemplateFault("%s cannot be written into a text", Values.kind(value));
  }

  /** A floating-point number as Python writes it, such as 0.5, 1e-05 and 1e+16. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (size == 0 || !Double.isFinite(value)) {
      return Double.toString(value).toLowerCase(Locale.ROOT).replace("infinity", "inf");
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact.round(new MathContext(1));
    for (int digits = 2; shortest.doubleValue() != value; digits++) {
      shortest = exact.round(new MathContext(digits));
    }
    BigDecimal bare = shortest.stripTrailingZeros();
    if (size >= 1e-4 && size < 1e16) {
      return bare.toPlainString() + (bare.scale() > 0 ? "" : ".0");
    }
    int exponent = bare.precision() - bare.scale() - 1;
    return "%se%+03d".formatted(bare.scaleByPowerOfTen(-exponent).toPlainString(), exponent);
  }

  private String quoted(String text) {
    boolean apostrophe = text.contains("'") && !text.contains("\"");
    String quote = json || apostrophe ? "\"" : "'";
    arguments.budget().pay(text.length());
    StringBuilder quoted = new StringBuilder(quote);
    text.codePoints().forEach(c -> quoted.append(escaped(c, quote)));
    return quoted.append(quote).toString();
  }

  private String escaped(int c, String quote) {
    String escape = ESCAPES.getOrDefault(c, json ? JSON_ESCAPES.get(c) : null);
    if (escape != null) {
      return escape;
    }
    String one = Character.toString(c);
    if (one.equals(quote)) {
      return "\\" + quote;
    }
    if (c >= ' ' && c <= '~') {
      return one;
    }
    if (json) {
      boolean plain = c > '~' && !arguments.flag("ensure_ascii");
      return plain
          ? one
          : code("\\u%04x", one.charAt(0))
              + (one.length() == 1 ? "" : code("\\u%04x", one.charAt(1)));
    }
    String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    return NOT_PRINTABLE.matcher(one).matches() ? code(form, c) : one;
  }

  private static String code(String form, int c) {
    return String.format(Locale.ROOT, form, c);
  }
}
