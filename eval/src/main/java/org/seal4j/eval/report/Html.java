package org.seal4j.eval.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/**
 * Writes HTML, and SVG inside it, which is also well-formed XML. Nothing can be written unescaped:
 * texts and attribute values are escaped, elements and attributes come from fixed lists without
 * scripts, styles, events and embedded content, and links lead to files beside the page. Whatever
 * else is asked for is refused with an {@link org.seal4j.data.check.InputException}.
 *
 * <p>Attributes are given as name, value, name, value, ...; a {@code double} is written as a
 * coordinate with at most two decimals. {@code class} takes any class of {@code report.css}, such
 * as {@code card}, {@code row}, {@code num} and {@code quiet}.
 */
public final class Html {
  private static final Set<String> ELEMENTS =
      words(
          "a article caption circle code dd details div dl dt em figcaption figure g h1 h2 h3 h4"
              + " header li line ol p path pre rect section span strong summary svg table tbody td"
              + " text th thead title tr ul");
  private static final Set<String> ATTRIBUTES =
      words(
          "aria-hidden aria-label class colspan cx cy d fill height href opacity r role rowspan rx"
              + " scope text-anchor transform viewBox width x x1 x2 y y1 y2");

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\p{IsNoncharacter_Code_Point}&&[^\n\t]]");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  Html() {}

  /** Opens an element. */
  public Html open(String tag, Object... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  public Html close() {
    Checks.require(!open.isEmpty(), "close() without an element that was opened here");
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Closes the element opened last and begins a new line in the source. */
  public Html closeLine() {
    close().out.append('\n');
    return this;
  }

  /** Adds escaped text. */
  public Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** An element that holds text only. */
  public Html leaf(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An SVG shape: an element without content. */
  public Html shape(String tag, Object... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  /** A paragraph in the colour of remarks. */
  public Html note(String text) {
    return leaf("p", text, "class", "quiet");
  }

  /** A section with its heading, unless it is empty; it cannot close what it did not open. */
  void section(Section section) {
    Html body = new Html();
    section.write(body);
    Checks.require(
        body.open.isEmpty(), "section '%s' left elements open: %s", section.title(), body.open);
    if (body.out.length() > 0) {
      open("section").leaf("h2", section.title()).out.append(body.out);
      closeLine();
    }
  }

  private StringBuilder start(String tag, Object... attributes) {
    Checks.require(ELEMENTS.contains(tag), "a page has no <%s>, only %s", tag, ELEMENTS);
    Checks.require(attributes.length % 2 == 0, "<%s> has an attribute without a value", tag);
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      String name = attributes[i].toString();
      Object given = attributes[i + 1];
      String value = given instanceof Double number ? Numbers.coordinate(number) : given.toString();
      Checks.require(
          ATTRIBUTES.contains(name), "<%s> has no attribute '%s', only %s", tag, name, ATTRIBUTES);
      Checks.require(
          !name.equals("href") || value.startsWith("./"),
          "a link must lead to a file beside the page, './NAME', but is '%s'",
          value);
      out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    }
    return out;
  }

  private static Set<String> words(String words) {
    return new TreeSet<>(Set.of(words.split(" ")));
  }

  /** What was written; all elements must be closed. */
  @Override
  public String toString() {
    Checks.require(open.isEmpty(), "elements left open: %s", open);
    return out.toString();
  }

  /**
   * Text that means itself in HTML text and in quoted attributes. Control characters and broken
   * surrogates, which no page may hold, become U+FFFD.
   */
  static String escape(String text) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll("\ufffd")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
