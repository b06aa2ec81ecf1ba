package org.seal4j.data.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.UntrustedPattern;

/** Looks for what a text is cut at, or what is replaced in it. */
@FunctionalInterface
interface Finder {
  /** Takes a place in a text. */
  @FunctionalInterface
  interface Place {
    /** Takes the characters from {@code start} up to {@code end}; both are the same if empty. */
    void accept(int start, int end);
  }

  /** Hands on all places in this text from left to right. */
  void find(String text, Place place);

  /** By an expression of our own. */
  static Finder of(Pattern pattern) {
    return (text, place) -> {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        place.accept(matcher.start(), matcher.end());
      }
    };
  }

  /** Exactly this text; where it is empty, between any two characters and at both ends. */
  static Finder literal(String wanted) {
    if (wanted.isEmpty()) {
      return Finder::everywhere;
    }
    return (text, place) -> {
      int at = text.indexOf(wanted);
      while (at >= 0) {
        place.accept(at, at + wanted.length());
        at = text.indexOf(wanted, at + wanted.length());
      }
    };
  }

  private static void everywhere(String text, Place place) {
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      place.accept(at, at);
    }
    if (!text.isEmpty()) {
      place.accept(text.length(), text.length());
    }
  }

  /** By an expression of a file; nothing is found in a text without characters. */
  static Finder of(UntrustedPattern pattern) {
    return (text, place) -> {
      if (text.isEmpty()) {
        return;
      }
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (utf8.length == text.length()) {
        pattern.places(utf8, place::accept);
      } else {
        Characters characters = new Characters(utf8);
        pattern.places(
            utf8, (start, end) -> place.accept(characters.before(start), characters.before(end)));
      }
    };
  }

  /** Counts the characters before a byte; bytes are asked for from left to right. */
  final class Characters {
    private final byte[] utf8;
    private int at;
    private int characters;

    Characters(byte[] utf8) {
      this.utf8 = utf8;
    }

    int before(int end) {
      if (end < at) {
        at = 0;
        characters = 0;
      }
      for (; at < end; at++) {
        int b = utf8[at] & 0xff;
        if (b < 0x80 || b >= 0xc0) {
          characters += b >= 0xf0 ? 2 : 1;
        }
      }
      return characters;
    }
  }
}
