package org.seal4j.data.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.RegularFile;

/**
 * What stands before the tensors of a GGUF file: its keys, and where each tensor is. Everything is
 * checked when it is read: counts and lengths against the size of the file, tensors against its end
 * and against each other.
 *
 * @param file the file
 * @param keys what it says of itself
 * @param tensors by name, in the order of the file
 */
public record GgufHeader(Path file, GgufKeys keys, Map<String, GgufTensor> tensors) {
  /** "GGUF" as a little-endian integer. */
  static final int MAGIC = 0x46554747;

  private static final int FIRST_BYTES = 24;
  private static final int LONGEST_NAME = 1 << 16;

  /** Real files have some tens. */
  private static final int MOST_KEYS = 1 << 16;

  /** Bytes of the shortest key with its value: length, one character, type, one byte. */
  private static final int LEAST_KEY = 14;

  public GgufHeader {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Whether the file begins as a GGUF file does, or is named like one. */
  public static boolean isGguf(Path path) {
    return Files.isRegularFile(path) && (path.toString().endsWith(".gguf") || hasMagic(path));
  }

  private static boolean hasMagic(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.size() >= FIRST_BYTES && new GgufCursor(path, channel).i32("magic") == MAGIC;
    } catch (IOException e) {
      return false; // who reads it says why it cannot be read
    }
  }

  /**
   * Reads a file's header.
   *
   * @throws org.seal4j.data.check.InputException naming file and field where anything does not fit
   */
  public static GgufHeader read(Path file) {
    try (FileChannel channel =
        FileChannel.open(RegularFile.require(file), StandardOpenOption.READ)) {
      return read(file, new GgufCursor(file, channel));
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
    }
  }

  private static GgufHeader read(Path file, GgufCursor in) throws IOException {
    Checks.require(
        in.size() >= FIRST_BYTES && in.i32("magic") == MAGIC,
        "%s is no GGUF file: it does not begin with GGUF, a version and two counts",
        file);
    requireVersion(file, in.i32("version"));
    long tensors = in.i64("the number of tensors");
    int count = in.count(LEAST_KEY, "the number of keys");
    Checks.require(
        count <= MOST_KEYS, "%s has %d keys but at most %d are read", file, count, MOST_KEYS);
    Map<String, GgufKeys.Value> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.text(LONGEST_NAME, "the name of key " + i);
      GgufKeys.Value value = value(file, in, Shown.text(key));
      Checks.require(
          values.put(key, value) == null, "%s: the key %s stands twice", file, Shown.text(key));
    }
    TensorTable table = new TensorTable(file, in, tensors);
    GgufKeys keys = new GgufKeys(file, in.content(), values);
    return new GgufHeader(file, keys, table.read(keys));
  }

  private static void requireVersion(Path file, int version) {
    Checks.require(
        Integer.reverseBytes(version) != 2 && Integer.reverseBytes(version) != 3,
        "%s is a big-endian GGUF file; only little-endian ones are read",
        file);
    Checks.require(
        version == 2 || version == 3,
        "%s is a GGUF file of version %s; versions 2 and 3 are read",
        file,
        Integer.toUnsignedString(version));
  }

  private static ValueType type(Path file, int number, String key) {
    return ValueType.of(number)
        .orElseThrow(
            () ->
                Checks.refuse(
                    "%s: the key %s is of type %s; expected 0 to %d",
                    file, key, Integer.toUnsignedString(number), ValueType.FLOAT64.number()));
  }

  private static GgufKeys.Value value(Path file, GgufCursor in, String key) throws IOException {
    ValueType type = type(file, in.i32("the type of " + key), key);
    if (type != ValueType.ARRAY) {
      int at = in.at();
      skip(in, type, key);
      return new GgufKeys.Value(type, type, 1, at);
    }
    ValueType element = type(file, in.i32("the element type of " + key), key);
    Checks.require(
        element != ValueType.ARRAY,
        "%s: the key %s is a list of lists, which is not read",
        file,
        key);
    boolean texts = element == ValueType.STRING;
    int count = in.count(texts ? Long.BYTES : element.bytes(), "the length of the list " + key);
    int at = in.at();
    if (texts) {
      for (int i = 0; i < count; i++) {
        in.skipText(key);
      }
    } else {
      in.skip((long) count * element.bytes(), key);
    }
    return new GgufKeys.Value(type, element, count, at);
  }

  private static void skip(GgufCursor in, ValueType type, String key) throws IOException {
    if (type == ValueType.STRING) {
      in.skipText(key);
    } else {
      in.skip(type.bytes(), key);
    }
  }
}
