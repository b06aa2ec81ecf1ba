package org.seal4j.data.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.seal4j.data.seed.Rng;

/** JSON files that are damaged at random, or say at random what they should not. */
public final class FuzzedJson {
  private static final Pattern VALUE =
      Pattern.compile("(?<=:|\\[|,)\\s*(\"[^\"]*\"|-?[\\d.eE+-]+|true|false|null)(?=\\s*[,}\\]])");
  private static final Pattern KEY = Pattern.compile("\"([^\"]*)\"(?=\\s*:)");
  private static final Pattern TOKEN =
      Pattern.compile("\"[^\"]*\"|[\\[\\]{}:,]|[^\\s\\[\\]{}:,\"]+");
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "7",
          "64",
          "4096",
          "2147483647",
          "2147483648",
          "1e400",
          "-0.0",
          "1e-400",
          "NaN",
          "Infinity",
          "-Infinity",
          "99999999999999999999999",
          "0.5",
          "3.0",
          "true",
          "false",
          "null",
          "[]",
          "{}",
          "[[]]",
          "[1,2,3]",
          "{\"a\":1}",
          "[null]",
          "\"\"",
          "\"x\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u001b[2J\"",
          "\"../../etc/passwd\"",
          "\"/dev/zero\"",
          "\"a\\nb\"",
          "\"(a+)+$\"",
          "\"((\\\\w|\\\\.)*)*\\\\1#\"",
          "\"(\"",
          "\"[\"",
          "\"\\\\\"",
          "\"(?P<x>q)(?P=x)\"",
          "\"all-linear\"",
          "\"silu\"",
          "\"full_attention\"",
          "\"sliding_attention\"",
          "\"gelu_pytorch_tanh\"",
          "0x10",
          "'x'",
          "01",
          "1.",
          "+1",
          "undefined");

  private FuzzedJson() {}

  /**
   * One to three damages.
   *
   * @param keys keys that are put in with values that they should not have
   */
  public static String damage(String json, List<String> keys, Rng rng) {
    String damaged = json;
    int times = rng.between(1, 3);
    for (int i = 0; i < times; i++) {
      damaged =
          switch (rng.nextInt(8)) {
            case 0, 1 -> replaced(damaged, VALUE, " " + value(rng), rng);
            case 2 -> replaced(damaged, KEY, "\"" + key(keys, rng) + "\"", rng);
            case 3, 4 -> with(damaged, key(keys, rng), value(rng));
            case 5 -> torn(damaged, rng);
            case 6 -> damaged.substring(0, rng.nextInt(damaged.length() + 1));
            default -> flipped(damaged, rng);
          };
    }
    return damaged;
  }

  private static String key(List<String> keys, Rng rng) {
    return keys.get(rng.nextInt(keys.size()));
  }

  private static String value(Rng rng) {
    return switch (rng.nextInt(30)) {
      case 0 -> "[".repeat(rng.between(1, 5000));
      case 1 -> "\"" + "x".repeat(rng.between(1, 100_000)) + "\"";
      case 2 -> "\"" + "(|a|)".repeat(rng.between(1, 300)) + "\"";
      case 3 -> "1" + "0".repeat(rng.between(1, 2000));
      default -> VALUES.get(rng.nextInt(VALUES.size()));
    };
  }

  private static String with(String json, String key, String value) {
    return json.replaceFirst(
        "\\{", "{\"" + key + "\": " + java.util.regex.Matcher.quoteReplacement(value) + ", ");
  }

  private static String replaced(String text, Pattern what, String by, Rng rng) {
    List<MatchResult> found = what.matcher(text).results().toList();
    if (found.isEmpty()) {
      return text;
    }
    MatchResult one = found.get(rng.nextInt(found.size()));
    return text.substring(0, one.start()) + by + text.substring(one.end());
  }

  private static String torn(String text, Rng rng) {
    List<String> tokens =
        new ArrayList<>(TOKEN.matcher(text).results().map(MatchResult::group).toList());
    if (tokens.size() < 3) {
      return text;
    }
    int at = rng.nextInt(tokens.size() - 1);
    switch (rng.nextInt(3)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(at));
      default -> tokens.add(at, tokens.remove(rng.nextInt(tokens.size() - 1)));
    }
    return String.join(" ", tokens);
  }

  private static String flipped(String text, Rng rng) {
    if (text.isEmpty()) {
      return "\ufeff";
    }
    char[] characters = text.toCharArray();
    int at = rng.nextInt(characters.length);
    characters[at] = rng.nextInt(2) == 0 ? (char) rng.nextInt(128) : (char) rng.nextInt(65_536);
    return new String(characters);
  }
}
