package org.seal4j.data.text;

import java.util.regex.Pattern;

/** The expressions by which text is cut where no file gives one; classes follow Unicode. */
final class Patterns {
  /** How GPT-2 cuts text (Radford et al. 2019). */
  static final Pattern GPT2 =
      compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  /** How Qwen2 cuts text. */
  static final String QWEN2 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private Patterns() {}

  static Pattern compile(String expression) {
    return Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS);
  }
}
