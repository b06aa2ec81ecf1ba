package org.seal4j.scripts.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Spoils files: their bytes, their words, or what stands at some place of their JSON. */
final class Mutation {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Values that readers trip over, as they stand in a file. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "3",
          "0.5",
          "-0.0",
          "1e400",
          "NaN",
          "-Infinity",
          "2147483648",
          "9223372036854775808",
          "99999999999999999999999999",
          "\"\"",
          "\"8\"",
          "\"\\u0000\"",
          "\"\\u001b[2J\"",
          "\"\\ud800\"",
          "\"../../etc/passwd\"",
          "\"(a+)+$\"",
          "\"((((\"",
          "[]",
          "{}",
          "[[[[[[1]]]]]]",
          "[null]",
          "{\"type\": \"Sequence\"}",
          "{\"\": \"\"}");

  private final SplittableRandom random;
  private final List<String> words;

  /**
   * @param words of the kind of file, spliced in here and there
   */
  Mutation(SplittableRandom random, List<String> words) {
    this.random = random;
    this.words = words;
  }

  /** A spoiled copy. */
  byte[] of(byte[] file) {
    byte[] spoiled = random.nextInt(3) == 0 ? file : json(file);
    int times = spoiled != file && random.nextBoolean() ? 0 : 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      spoiled = random.nextInt(3) == 0 ? spliced(spoiled) : bytes(spoiled);
    }
    return spoiled;
  }

  /** One bit, some bytes more or less, a cut, a piece twice. */
  private byte[] bytes(byte[] file) {
    if (file.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(file.length);
    int count = Math.min(file.length - at, 1 + random.nextInt(16));
    byte[] changed = file.clone();
    switch (random.nextInt(6)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt(256);
      case 2 -> changed = Arrays.copyOf(file, at);
      case 3 -> changed = joined(file, at, at + count, new byte[0]);
      case 4 -> changed = joined(file, at, at, Arrays.copyOfRange(file, at, at + count));
      default -> {
        byte[] noise = new byte[count];
        random.nextBytes(noise);
        changed = joined(file, at, at, noise);
      }
    }
    return changed;
  }

  /** A word of this kind of file, once or a thousand times, in the place of some bytes. */
  private byte[] spliced(byte[] file) {
    List<String> known = words.isEmpty() ? VALUES : words;
    String word = known.get(random.nextInt(known.size()));
    String text = random.nextInt(8) == 0 ? word.repeat(1000) : word;
    int at = file.length == 0 ? 0 : random.nextInt(file.length);
    int end = Math.min(file.length, at + random.nextInt(1 + word.length()));
    return joined(file, at, end, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[] file, int from, int to, byte[] middle) {
    byte[] all = new byte[from + middle.length + file.length - to];
    System.arraycopy(file, 0, all, 0, from);
    System.arraycopy(middle, 0, all, from, middle.length);
    System.arraycopy(file, to, all, from + middle.length, file.length - to);
    return all;
  }

  /** Another value, one key less, a key twice or renamed; the same bytes where it is no JSON. */
  private byte[] json(byte[] file) {
    try {
      JsonNode root = JSON.readTree(file);
      List<ContainerNode<?>> places = new ArrayList<>();
      collect(root, places);
      if (places.isEmpty()) {
        return file;
      }
      String mark = "\u2042";
      ContainerNode<?> place = places.get(random.nextInt(places.size()));
      put(place, mark);
      String value = random.nextInt(10) == 0 ? deep() : VALUES.get(random.nextInt(VALUES.size()));
      return JSON.writeValueAsString(root)
          .replace("\"" + mark + "\"", value)
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return file;
    }
  }

  private String deep() {
    int depth = 1 << (4 + random.nextInt(12));
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private void put(ContainerNode<?> place, String mark) {
    if (place instanceof ArrayNode array) {
      int at = random.nextInt(array.size() + 1);
      if (random.nextBoolean() && at < array.size()) {
        array.set(at, mark);
      } else {
        array.insert(at, mark);
      }
      return;
    }
    ObjectNode object = (ObjectNode) place;
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    if (keys.isEmpty()) {
      object.put("x", mark);
      return;
    }
    String key = keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(key);
      case 1 -> object.put(key + "x", mark);
      default -> object.put(key, mark);
    }
  }

  private void collect(JsonNode node, List<ContainerNode<?>> places) {
    if (node instanceof ContainerNode<?> container) {
      places.add(container);
      // Large tables, such as vocabularies, count once: their rows are all alike.
      if (container.size() <= 64) {
        container.forEach(child -> collect(child, places));
      }
    }
  }
}
