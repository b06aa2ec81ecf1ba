package org.seal4j.eval.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML (and SVG inside it) which is also well-formed XML. All text and all attribute values
 * pass {@link #escape}; tag and attribute names are literals of this package.
 */
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes are name, value, name, value, ... */
  Html open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the element opened last and begins a new line in the source. */
  Html closeLine() {
    close();
    out.append('\n');
    return this;
  }

  /** Adds escaped text. */
  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** An element that holds text only. */
  Html leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element without content: an SVG shape, a meta line. */
  Html single(String tag, String... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  /** Adds trusted text as it is: the doctype and the style sheet of this package. */
  Html raw(String trusted) {
    out.append(trusted);
    return this;
  }

  private StringBuilder start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(attributes[i + 1])).append('"');
    }
    return out;
  }

  /** The page; all elements must be closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("elements left open: " + open);
    }
    return out.toString();
  }

  /**
   * Text that means itself in HTML text and in quoted attributes. Control characters and broken
   * surrogates, which no page may hold, become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> appendEscaped(escaped, c));
    return escaped.toString();
  }

  private static void appendEscaped(StringBuilder to, int c) {
    switch (c) {
      case '&' -> to.append("&amp;");
      case '<' -> to.append("&lt;");
      case '>' -> to.append("&gt;");
      case '"' -> to.append("&quot;");
      case '\'' -> to.append("&#39;");
      case '\n', '\t' -> to.append((char) c);
      default -> to.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
    }
  }

  private static boolean isAllowed(int c) {
    boolean control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !control && !surrogate && !noncharacter;
  }
}
