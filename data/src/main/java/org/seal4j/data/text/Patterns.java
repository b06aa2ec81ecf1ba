package org.seal4j.data.text;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.seal4j.data.check.Checks;

/**
 * Regular expressions as tokenizers write them (Oniguruma and Rust syntax) for {@code
 * java.util.regex}: classes and case follow Unicode, names of scripts get the prefix that Java
 * wants.
 */
final class Patterns {
  /** Stands first, for the constants below are compiled with it. */
  private static final Pattern PROPERTY = Pattern.compile("\\\\([pP])\\{(\\^?)([A-Za-z_]+)\\}");

  /** How GPT-2 cuts text (Radford et al. 2019). */
  static final Pattern GPT2 =
      compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          "GPT-2");

  /** How Qwen2 cuts text. */
  static final String QWEN2 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private Patterns() {}

  /** Compiles an expression; a refusal names its source, a file and a field. */
  static Pattern compile(String expression, String source) {
    Checks.require(
        !expression.contains("&&"),
        "%s: '&&' in the expression %s is not supported",
        source,
        expression);
    String java =
        PROPERTY
            .matcher(expression)
            .replaceAll(
                found ->
                    "\\\\"
                        + (found.group(2).isEmpty() == found.group(1).equals("p") ? 'p' : 'P')
                        + "{"
                        + name(found.group(3))
                        + "}");
    try {
      return Pattern.compile(java, Pattern.UNICODE_CHARACTER_CLASS);
    } catch (PatternSyntaxException e) {
      throw Checks.refuse(
          "%s: the expression %s cannot be read: %s at %d",
          source, expression, e.getDescription(), e.getIndex());
    }
  }

  /** Exactly this text. */
  static Pattern literal(String text) {
    return Pattern.compile(text, Pattern.LITERAL);
  }

  private static String name(String property) {
    if (property.length() <= 2) {
      return property; // a general category
    }
    return switch (property.toLowerCase(Locale.ROOT)) {
      case "letter" -> "L";
      case "number" -> "N";
      case "punctuation", "punct" -> "P";
      case "symbol" -> "S";
      case "mark" -> "M";
      case "separator" -> "Z";
      case "other" -> "C";
      default -> property.startsWith("Is") ? property : "Is" + property;
    };
  }
}
