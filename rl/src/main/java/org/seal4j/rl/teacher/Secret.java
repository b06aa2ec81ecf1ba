package org.seal4j.rl.teacher;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.data.check.Checks;

/**
 * The key of a service. It goes into the header of a request and nowhere else: {@link #scrub} takes
 * it out of what the service says, as it stands, with some or all of its characters escaped for a
 * URL, JSON or HTML, in Base64, and its beginning where a text breaks off within it.
 */
final class Secret {
  /** Below that, a word of a text could be taken for the key. */
  private static final int SHORTEST = 8;

  /**
   * Each level of escaping doubles the backslashes before a character, and adds a 25 to a percent.
   */
  private static final int MOST_BACKSLASHES = 8;

  private static final int MOST_PERCENT = 8;

  private static final String SHOWN = "<key>";

  private final String key;
  private final Set<String> encoded;

  private Secret(String key) {
    this.key = key;
    this.encoded = base64(key);
  }

  /** No key. */
  static Secret none() {
    return new Secret("");
  }

  /**
   * The key in a variable of the environment.
   *
   * @param found what the variable holds, empty for nothing
   */
  static Secret of(String found, String variable, String url) {
    String value = found.strip();
    Checks.require(
        !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 127),
        "the environment variable %s, which keyVariable names, holds no key for %s; set it"
            + " to one word of plain characters",
        variable,
        url);
    Checks.require(
        value.length() >= SHORTEST,
        "the environment variable %s, which keyVariable names, holds a key of %d characters, which"
            + " could not be told from a word and kept out of texts; use one of at least %d, or leave"
            + " keyVariable empty where %s asks for none",
        variable,
        value.length(),
        SHORTEST,
        url);
    return new Secret(value);
  }

  boolean isNone() {
    return key.isEmpty();
  }

  /** The value of the header {@code Authorization}. */
  String authorization() {
    return "Bearer " + key;
  }

  /** The text without the key. */
  String scrub(String text) {
    if (isNone()) {
      return text;
    }
    String rest = text;
    for (String form : encoded) {
      rest = rest.replace(form, SHOWN);
    }
    StringBuilder clean = new StringBuilder();
    int at = 0;
    while (at < rest.length()) {
      int end = end(rest, at);
      if (end > at) {
        clean.append(SHOWN);
        at = end;
      } else {
        clean.append(rest.charAt(at++));
      }
    }
    return clean.toString();
  }

  /** Where the key that begins at this place ends, or -1. */
  private int end(String text, int start) {
    Set<Integer> ends = Set.of(start);
    for (int i = 0; i < key.length(); i++) {
      Set<Integer> next = new TreeSet<>();
      for (int at : ends) {
        step(text, at, key.charAt(i), next);
      }
      if (next.isEmpty()) {
        return i >= SHORTEST && ends.contains(text.length()) ? text.length() : -1;
      }
      ends = next;
    }
    return ends.stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** Adds the places behind a character of the key that stands here in one of its forms. */
  private static void step(String text, int at, char wanted, Set<Integer> ends) {
    int bare = at;
    while (bare < Math.min(text.length(), at + MOST_BACKSLASHES) && text.charAt(bare) == '\\') {
      bare++;
      if (wanted == '\\') {
        ends.add(bare);
      }
    }
    if (bare < text.length() && text.charAt(bare) == wanted) {
      ends.add(bare + 1);
    }
    String hex = String.format(Locale.ROOT, "%02x", (int) wanted);
    if (bare > at) {
      add(text, bare, "u00" + hex, ends);
      add(text, bare, "x" + hex, ends);
    }
    for (int to = at + 1; text.startsWith("%", at) && to < at + MOST_PERCENT; to += 2) {
      add(text, to, hex, ends);
      if (!text.startsWith("25", to)) {
        break;
      }
    }
    int entity = text.startsWith("&", at) ? text.indexOf(';', at) : -1;
    if (entity > 0 && entity - at < 10 && wanted == character(text.substring(at + 1, entity))) {
      ends.add(entity + 1);
    }
  }

  private static void add(String text, int at, String form, Set<Integer> ends) {
    if (text.regionMatches(true, at, form, 0, form.length())) {
      ends.add(at + form.length());
    }
  }

  /** The character that an HTML entity stands for, 0 for one that no key holds. */
  private static int character(String entity) {
    String name = entity.toLowerCase(Locale.ROOT);
    if (name.matches("#\\d{1,7}")) {
      return Integer.parseInt(name.substring(1));
    }
    if (name.matches("#x[0-9a-f]{1,6}")) {
      return Integer.parseInt(name.substring(2), 16);
    }
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> 0;
    };
  }

  /** What Base64 makes of the key at each of the three places it may have in a longer text. */
  private static Set<String> base64(String key) {
    Set<String> forms = new LinkedHashSet<>();
    for (int before = 0; before < 3 && !key.isEmpty(); before++) {
      byte[] bytes = ("x".repeat(before) + key).getBytes(StandardCharsets.US_ASCII);
      int from = before == 0 ? 0 : 4;
      int to = bytes.length / 3 * 4;
      forms.add(Base64.getEncoder().encodeToString(bytes).substring(from, to));
      forms.add(Base64.getUrlEncoder().encodeToString(bytes).substring(from, to));
    }
    return forms;
  }
}
