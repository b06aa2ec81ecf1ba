package org.seal4j.eval.report;

import java.util.function.Consumer;

/**
 * A part of the page with its own heading. {@link Sections} has those that experiments share; an
 * experiment adds its own by implementing this interface:
 *
 * <pre>{@code
 * Section costs =
 *     Section.of("Costs", html -> html.open("ul").leaf("li", "GPU hours: " + hours).close());
 * }</pre>
 */
public interface Section {
  /** The heading; the page writes and escapes it. */
  String title();

  /**
   * Writes what stands below the heading. A section that writes nothing is left out, with its
   * heading.
   */
  void write(Html html);

  /** A section of this heading and body. */
  static Section of(String title, Consumer<Html> body) {
    return new Section() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public void write(Html html) {
        body.accept(html);
      }
    };
  }
}
