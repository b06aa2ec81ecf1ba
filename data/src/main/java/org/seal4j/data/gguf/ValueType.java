package org.seal4j.data.gguf;

import java.util.Arrays;
import java.util.Optional;

/** The types of values. */
enum ValueType {
  UINT8(0, 1, "an integer"),
  INT8(1, 1, "an integer"),
  UINT16(2, 2, "an integer"),
  INT16(3, 2, "an integer"),
  UINT32(4, 4, "an integer"),
  INT32(5, 4, "an integer"),
  FLOAT32(6, 4, "a number"),
  BOOL(7, 1, "true or false"),
  STRING(8, 0, "a text"),
  ARRAY(9, 0, "a list"),
  UINT64(10, 8, "an integer"),
  INT64(11, 8, "an integer"),
  FLOAT64(12, 8, "a number");

  private final int number;
  private final int bytes;
  private final String words;

  ValueType(int number, int bytes, String words) {
    this.number = number;
    this.bytes = bytes;
    this.words = words;
  }

  /** The number that stands for it in files. */
  int number() {
    return number;
  }

  static Optional<ValueType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** Bytes of a value; 0 where it says its own length. */
  int bytes() {
    return bytes;
  }

  /** What it is, for messages. */
  String words() {
    return words;
  }

  boolean isInteger() {
    return words.equals("an integer");
  }

  boolean isReal() {
    return this == FLOAT32 || this == FLOAT64;
  }
}
