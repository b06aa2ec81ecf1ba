package org.seal4j.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.seal4j.data.seed.Rng;

/** A small safetensors file, and the ways in which it is damaged. */
final class FuzzedFile {
  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"w.a\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[0,48]},"
          + "\"w.b\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[48,58]},"
          + "\"w.c\":{\"dtype\":\"BF16\",\"shape\":[2,1,3],\"data_offsets\":[58,70]},"
          + "\"w.d\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[70,74]}}";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|[\\[\\]{}:,]|-?\\d+");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "2",
          "7",
          "4294967295",
          "4294967296",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "1e3",
          "3.0",
          "1e400",
          "-0",
          "null",
          "true",
          "[]",
          "{}",
          "\"3\"",
          "0003",
          "99999999999999999999999");
  private static final List<String> TEXTS =
      List.of(
          "\"F64\"",
          "\"I64\"",
          "\"U8\"",
          "\"BOOL\"",
          "\"F8_E4M3\"",
          "\"F4\"",
          "\"F16\"",
          "\"BF16\"",
          "\"F32\"",
          "\"f32\"",
          "\"\"",
          "\"w.a\"",
          "\"__metadata__\"",
          "\"shape\"",
          "\"dtype\"",
          "\"data_offsets\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "3",
          "null",
          "[1]",
          "{}");

  private FuzzedFile() {}

  static byte[] sound() {
    byte[] data = new byte[74];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (37 * i + 11);
    }
    return file(HEADER, data);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  /** One to three damages of one kind. */
  static byte[] damage(byte[] sound, Rng rng) {
    int header = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] data = Arrays.copyOfRange(sound, 8 + header, sound.length);
    String text = new String(sound, 8, header, StandardCharsets.UTF_8);
    int times = rng.between(1, 3);
    switch (rng.nextInt(9)) {
      case 0:
        return Arrays.copyOf(sound, rng.nextInt(sound.length));
      case 1:
        return Arrays.copyOf(sound, sound.length + rng.between(1, 70));
      case 2:
        return withLength(sound, header, rng);
      case 3:
        return withBytes(sound, 0, times, rng);
      case 4:
        return withBytes(sound, 8 + header, times, rng);
      case 5:
        return file(replaced(text, NUMBER, NUMBERS, times, rng), data);
      case 6:
        return file(replaced(text, TEXT, TEXTS, times, rng), data);
      case 7:
        return file(nudged(text, times, rng), data);
      default:
        return file(torn(text, times, rng), data);
    }
  }

  private static byte[] withLength(byte[] sound, int header, Rng rng) {
    long[] lengths = {
      0,
      1,
      2,
      -1,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      1L << 32,
      100_000_000,
      100_000_001,
      sound.length,
      sound.length - 8,
      sound.length - 7,
      header + rng.between(-9, 9),
      rng.nextLong()
    };
    byte[] damaged = sound.clone();
    ByteBuffer.wrap(damaged)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, lengths[rng.nextInt(lengths.length)]);
    return damaged;
  }

  private static byte[] withBytes(byte[] sound, int from, int times, Rng rng) {
    byte[] damaged = sound.clone();
    for (int i = 0; i < times; i++) {
      damaged[rng.between(from, sound.length - 1)] = (byte) rng.nextInt(256);
    }
    return damaged;
  }

  private static String replaced(String text, Pattern what, List<String> by, int times, Rng rng) {
    String damaged = text;
    for (int i = 0; i < times; i++) {
      List<MatchResult> found = what.matcher(damaged).results().toList();
      if (!found.isEmpty()) {
        MatchResult one = found.get(rng.nextInt(found.size()));
        damaged =
            damaged.substring(0, one.start())
                + by.get(rng.nextInt(by.size()))
                + damaged.substring(one.end());
      }
    }
    return damaged;
  }

  /** Numbers off by a little: overlaps, gaps, shapes that do not fit, tensors that swap places. */
  private static String nudged(String text, int times, Rng rng) {
    String damaged = text;
    for (int i = 0; i < times; i++) {
      List<MatchResult> found =
          NUMBER.matcher(damaged).results().filter(r -> r.group().length() < 4).toList();
      MatchResult one = found.get(rng.nextInt(found.size()));
      MatchResult other = found.get(rng.nextInt(found.size()));
      String value =
          rng.nextInt(3) == 0
              ? other.group()
              : Integer.toString(Integer.parseInt(one.group()) + rng.between(-4, 4));
      damaged = damaged.substring(0, one.start()) + value + damaged.substring(one.end());
    }
    return damaged;
  }

  /** Tokens left out, doubled, swapped, or nested very deeply. */
  private static String torn(String text, int times, Rng rng) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
    for (int i = 0; i < times; i++) {
      int at = rng.nextInt(tokens.size() - 1);
      switch (rng.nextInt(5)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(at));
        case 2 -> tokens.add(at, tokens.remove(rng.nextInt(tokens.size() - 1)));
        case 3 -> tokens.add(at, "[".repeat(rng.between(1, 100_000)));
        default -> tokens.add(at, "\"" + "x".repeat(rng.between(1, 30_000)) + "\"");
      }
    }
    return String.join("", tokens);
  }
}
