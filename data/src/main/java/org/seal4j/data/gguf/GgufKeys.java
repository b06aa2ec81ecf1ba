package org.seal4j.data.gguf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/** The keys of a GGUF file. A value becomes an object when it is asked for. */
public final class GgufKeys {
  private final Path file;
  private final ByteBuffer content;
  private final Map<String, Value> values;

  /**
   * Where a value stands.
   *
   * @param type of the value
   * @param element type of its elements; {@code type} itself where it is no list
   * @param count elements
   * @param at place of the first byte of the first element
   */
  record Value(ValueType type, ValueType element, int count, int at) {
    String words() {
      return type == ValueType.ARRAY
          ? "a list of %d (each %s)".formatted(count, element.words())
          : type.words();
    }
  }

  GgufKeys(Path file, ByteBuffer content, Map<String, Value> values) {
    this.file = file;
    this.content = content;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** All names, in the order of the file. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Whether there is a key of this name. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether a key says nothing: it is false, 0, an empty text or an empty list. */
  public boolean isUnset(String key) {
    Value value = values.get(key);
    if (value == null || value.count() == 0) {
      return true;
    }
    return switch (value.type()) {
      case ARRAY -> false;
      case STRING -> content.getLong(value.at()) == 0;
      case BOOL -> content.get(value.at()) == 0;
      default -> real(value.type(), value.at()) == 0;
    };
  }

  /** What a key says, for messages. */
  public String shown(String key) {
    Value value = require(key, true, "a value");
    return switch (value.type()) {
      case ARRAY -> value.words();
      case STRING -> "'" + Shown.text(text(key)) + "'";
      case BOOL -> Boolean.toString(content.get(value.at()) != 0);
      case FLOAT32, FLOAT64 -> Double.toString(real(value.type(), value.at()));
      default -> Long.toString(integer(value.type(), value.at()));
    };
  }

  /** A text that must be there. */
  public String text(String key) {
    Value value = require(key, is(key, ValueType.STRING), "a text");
    return texts(key, value).get(0);
  }

  /** A text, or the default. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** An integer of at least 1 that must be there. */
  public int count(String key) {
    long count = integer(key);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw wrong(key, "an integer of at least 1");
    }
    return (int) count;
  }

  /** An integer of at least 1, or the default. */
  public int count(String key, int otherwise) {
    return has(key) ? count(key) : otherwise;
  }

  /** An id of this many, empty where the key is missing. */
  public OptionalInt id(String key, int ids) {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    long id = integer(key);
    if (id < 0 || id >= ids) {
      throw wrong(key, "an id from 0 to " + (ids - 1));
    }
    return OptionalInt.of((int) id);
  }

  private long integer(String key) {
    Value value = values.get(key);
    require(key, value != null && value.type().isInteger(), "an integer");
    return value == null ? 0 : integer(value.type(), value.at());
  }

  /**
   * A finite number; one that is stored in 32 bits is the decimal that is written for it, 1e-5 and
   * not 9.999999747378752e-6.
   */
  public double number(String key) {
    Value value = values.get(key);
    boolean fits = value != null && (value.type().isReal() || value.type().isInteger());
    require(key, fits, "a number");
    double number = value == null ? 0 : real(value.type(), value.at());
    if (!Double.isFinite(number)) {
      throw wrong(key, "a finite number");
    }
    return number;
  }

  /** A number, or the default. */
  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  /** True or false, or the default. */
  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    Value value = require(key, is(key, ValueType.BOOL), "true or false");
    return content.get(value.at()) != 0;
  }

  /** A list of texts that must be there. */
  public List<String> texts(String key) {
    Value value = values.get(key);
    boolean fits = value != null && isList(value) && value.element() == ValueType.STRING;
    return texts(key, require(key, fits, "a list of texts"));
  }

  private List<String> texts(String key, Value value) {
    List<String> texts = new ArrayList<>(value.count());
    int at = value.at();
    for (int i = 0; i < value.count(); i++) {
      int length = (int) content.getLong(at); // the header was read over it
      at += Long.BYTES;
      String what = file + ": " + key + (value.type() == ValueType.ARRAY ? "[" + i + "]" : "");
      texts.add(GgufText.at(content, at, length, what));
      at += length;
    }
    return texts;
  }

  /** A list of integers that must be there. */
  public int[] integers(String key) {
    Value value = values.get(key);
    boolean fits = value != null && isList(value) && value.element().isInteger();
    value = require(key, fits, "a list of integers");
    int[] integers = new int[value.count()];
    for (int i = 0; i < integers.length; i++) {
      long integer = integer(value.element(), value.at() + i * value.element().bytes());
      Checks.require(
          integer == (int) integer, "%s: %s[%d] is %d, which is too large", file, key, i, integer);
      integers[i] = (int) integer;
    }
    return integers;
  }

  /** A list of finite numbers that must be there. */
  public float[] numbers(String key) {
    Value value = values.get(key);
    boolean fits = value != null && isList(value) && value.element().isReal();
    value = require(key, fits, "a list of numbers");
    float[] numbers = new float[value.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) real(value.element(), value.at() + i * value.element().bytes());
      Checks.require(
          Float.isFinite(numbers[i]), "%s: %s[%d] is %s", file, key, i, Float.toString(numbers[i]));
    }
    return numbers;
  }

  private static boolean isList(Value value) {
    return value.type() == ValueType.ARRAY;
  }

  private boolean is(String key, ValueType type) {
    Value value = values.get(key);
    return value != null && value.type() == type;
  }

  private long integer(ValueType type, int at) {
    return switch (type) {
      case UINT8 -> content.get(at) & 0xff;
      case INT8 -> content.get(at);
      case UINT16 -> content.getShort(at) & 0xffff;
      case INT16 -> content.getShort(at);
      case UINT32 -> Integer.toUnsignedLong(content.getInt(at));
      case INT32 -> content.getInt(at);
      case UINT64, INT64 -> content.getLong(at);
      default -> throw new IllegalStateException(type + " is no integer");
    };
  }

  private double real(ValueType type, int at) {
    return switch (type) {
      case FLOAT32 -> Double.parseDouble(Float.toString(content.getFloat(at)));
      case FLOAT64 -> content.getDouble(at);
      default -> integer(type, at);
    };
  }

  private Value require(String key, boolean fits, String expected) {
    Value value =
        Checks.present(
            values.get(key), "%s lacks the key %s; expected %s", file, Shown.text(key), expected);
    Checks.require(
        fits, "%s: %s is %s; expected %s", file, Shown.text(key), value.words(), expected);
    return value;
  }

  /** A refusal of what stands at a key. */
  public InputException wrong(String key, String expected) {
    return Checks.refuse("%s: %s is %s; expected %s", file, Shown.text(key), shown(key), expected);
  }
}
