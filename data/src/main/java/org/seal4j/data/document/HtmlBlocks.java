package org.seal4j.data.document;

import java.nio.file.Path;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Place;

/** The blocks of a page of HTML as an outline. */
final class HtmlBlocks {
  /** Elements inside each other; a page of people has some dozens, and browsers stop at 512. */
  private static final int DEEPEST = 400;

  private final Outline outline;
  private final Path file;
  private final StringBuilder words = new StringBuilder();
  private Gap gap = Gap.EMPTY_LINE;
  private Place place = new Place("line", 1);
  private String mark = "";
  private boolean blank = true; // no words yet
  private int depth;

  /**
   * Nothing yet.
   *
   * @param file for messages
   */
  HtmlBlocks(Outline outline, Path file) {
    this.outline = outline;
    this.file = file;
  }

  /** Adds all that is in an element. */
  void add(Element element) {
    inside(element, "");
    flush(Gap.EMPTY_LINE);
  }

  private void inside(Element parent, String indent) {
    depth++;
    Checks.require(depth <= DEEPEST, "%s has more than %d tags inside each other", file, DEEPEST);
    for (Node node : parent.childNodes()) {
      if (node instanceof TextNode text) {
        begin(text, text.isBlank());
        words.append(text.getWholeText().replace('\n', ' '));
      } else if (node instanceof Element element) {
        element(element, indent);
      }
    }
    depth--;
  }

  /** The first words of a paragraph say where it stands. */
  private void begin(Node node, boolean isBlank) {
    if (blank && !isBlank) {
      place = place(node);
      blank = false;
    }
  }

  private void element(Element element, String indent) {
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        flush(Gap.EMPTY_LINE);
        outline.heading(name.charAt(1) - '0', element.text(), place(element));
      }
      case "br" -> words.append('\n');
      case "pre" -> pre(element, indent);
      case "ul", "ol" -> list(element, indent);
      case "tr" -> row(element);
      case "dd" -> block(element, Gap.LINE, indent);
      default -> {
        if (element.isBlock()) {
          block(element, Gap.EMPTY_LINE, indent);
        } else {
          inside(element, indent);
        }
      }
    }
  }

  private void block(Element element, Gap before, String indent) {
    flush(before);
    inside(element, indent);
    flush(Gap.EMPTY_LINE);
  }

  private void list(Element list, String indent) {
    flush(indent.isEmpty() ? Gap.EMPTY_LINE : Gap.LINE);
    int number = 1;
    for (Element item : list.children()) {
      if (item.normalName().equals("li")) {
        mark = indent + (list.normalName().equals("ol") ? number++ + ". " : "- ");
      }
      inside(item, indent + "  ");
      flush(Gap.LINE);
    }
    mark = "";
    gap = indent.isEmpty() ? Gap.EMPTY_LINE : Gap.LINE;
  }

  private void row(Element row) {
    flush(row.previousElementSibling() == null ? gap : Gap.LINE);
    for (Element cell : row.children()) {
      begin(cell, false);
      words.append(words.length() == 0 ? "" : " | ").append(CleanText.oneLine(cell.text()));
    }
    flush(Gap.LINE);
  }

  private void pre(Element code, String indent) {
    flush(gap);
    int number = place(code).number();
    for (String line : CleanText.lines(code.wholeText()).split("\n", -1)) {
      if (line.isBlank()) {
        gap = Gap.EMPTY_LINE;
      } else {
        outline.verbatim(indent + line.stripTrailing(), gap, new Place("line", number));
        gap = Gap.LINE;
      }
      number++;
    }
    gap = Gap.EMPTY_LINE;
  }

  /** Ends the paragraph that was collected; the next one stands behind that gap. */
  private void flush(Gap next) {
    String text = CleanText.words(words.toString());
    words.setLength(0);
    blank = true;
    if (!text.isEmpty()) {
      outline.verbatim(mark + text, gap, place);
      mark = "";
      gap = next;
    } else if (mark.isEmpty() && (next == Gap.LINE || gap == Gap.LINE)) {
      gap = next;
    }
  }

  private Place place(Node node) {
    Range range = node.sourceRange();
    return range.isTracked() ? new Place("line", Math.max(1, range.start().lineNumber())) : place;
  }
}
