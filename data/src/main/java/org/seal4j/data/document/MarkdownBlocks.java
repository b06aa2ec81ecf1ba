package org.seal4j.data.document;

import java.nio.file.Path;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Place;

/** The blocks of a parsed Markdown text as an outline. */
final class MarkdownBlocks {
  /** Lists, quotations and emphases inside each other. */
  private static final int DEEPEST = 500;

  private final Outline outline;
  private final Path file;
  private int depth;

  /**
   * Nothing yet.
   *
   * @param file for messages
   */
  MarkdownBlocks(Outline outline, Path file) {
    this.outline = outline;
    this.file = file;
  }

  private void deeper() {
    depth++;
    Checks.require(depth <= DEEPEST, "%s is nested deeper than %d levels", file, DEEPEST);
  }

  /** Adds the blocks of a document or of a quotation. */
  void add(Node parent) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && parent instanceof org.commonmark.node.Document) {
        outline.heading(heading.getLevel(), words(node), place(node));
      } else {
        block(node, Gap.EMPTY_LINE, "", "");
      }
    }
  }

  /**
   * Adds a block that is no heading.
   *
   * @param mark stands before its first line, such as {@code "- "}
   * @param indent stands before the lists and the code in it
   */
  private void block(Node node, Gap gap, String mark, String indent) {
    deeper();
    if (node instanceof ListBlock list) {
      list(list, gap, indent);
    } else if (node instanceof FencedCodeBlock code) {
      code(code.getLiteral(), gap, place(node), indent);
    } else if (node instanceof IndentedCodeBlock code) {
      code(code.getLiteral(), gap, place(node), indent);
    } else if (node instanceof HtmlBlock html) {
      outline.paragraph(Jsoup.parse(html.getLiteral()).wholeText(), gap, place(node));
    } else if (node instanceof TableBlock table) {
      table(table, gap);
    } else if (node instanceof BlockQuote) {
      add(node);
    } else if (!(node instanceof LinkReferenceDefinition)) {
      String words = words(node);
      outline.verbatim(
          words.isBlank() ? "" : indent + mark + CleanText.words(words), gap, place(node));
    }
    depth--;
  }

  private void list(ListBlock list, Gap before, String indent) {
    Gap gap = before;
    int number = list instanceof OrderedList ordered ? start(ordered) : 0;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      String mark = list instanceof OrderedList ? number++ + ". " : "- ";
      for (Node node = item.getFirstChild(); node != null; node = node.getNext()) {
        boolean first = node == item.getFirstChild();
        String inner = indent + " ".repeat(mark.length());
        boolean text = !(node instanceof ListBlock);
        block(node, gap, first && text ? mark : "", first && text ? indent : inner);
        gap = Gap.LINE;
      }
    }
  }

  private static int start(OrderedList list) {
    Integer number = list.getMarkerStartNumber();
    return number == null ? 1 : number;
  }

  private void code(String literal, Gap before, Place place, String indent) {
    Gap gap = before;
    int number = place.number();
    for (String line : literal.split("\n", -1)) {
      Place at = new Place(place.unit(), number++);
      if (line.isBlank()) {
        gap = Gap.EMPTY_LINE;
      } else {
        outline.verbatim(indent + line.stripTrailing(), gap, at);
        gap = Gap.LINE;
      }
    }
  }

  private void table(TableBlock table, Gap before) {
    Gap gap = before;
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        StringBuilder cells = new StringBuilder();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          cells.append(cells.length() == 0 ? "" : " | ").append(words(cell));
        }
        if (row instanceof TableRow) {
          outline.paragraph(cells.toString(), gap, place(row));
          gap = Gap.LINE;
        }
      }
    }
  }

  /** The words of a block or of what stands in a line: of links and pictures what they say. */
  private String words(Node parent) {
    deeper();
    StringBuilder words = new StringBuilder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Text text) {
        words.append(text.getLiteral());
      } else if (node instanceof Code code) {
        words.append(code.getLiteral());
      } else if (node instanceof SoftLineBreak) {
        words.append(' ');
      } else if (node instanceof HardLineBreak) {
        words.append('\n');
      } else if (node instanceof HtmlInline html) {
        words.append(html.getLiteral().startsWith("<br") ? "\n" : "");
      } else {
        words.append(words(node));
      }
    }
    depth--;
    return words.toString();
  }

  private static Place place(Node node) {
    int line = node.getSourceSpans().isEmpty() ? 0 : node.getSourceSpans().get(0).getLineIndex();
    return new Place("line", line + 1);
  }
}
