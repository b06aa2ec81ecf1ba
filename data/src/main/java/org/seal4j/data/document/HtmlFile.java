package org.seal4j.data.document;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.seal4j.data.check.InputException;

/**
 * Reads a page of HTML: what stands in its {@code main} or its only {@code article}, or else in its
 * body, without what leads elsewhere or is not shown.
 */
final class HtmlFile {
  private static final String NOT_READ =
      "script, style, nav, footer, template, noscript, svg, iframe, object, head, button, select,"
          + " textarea, [hidden], [aria-hidden=true]";

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([\\w-]+)", Pattern.CASE_INSENSITIVE);

  /** How many bytes of a page may say which encoding it has. */
  private static final int HEAD = 1024;

  private HtmlFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    Parser parser = Parser.htmlParser().setTrackPosition(true);
    org.jsoup.nodes.Document page = Jsoup.parse(text(file), "", parser);
    String title = CleanText.oneLine(page.title());
    page.select(NOT_READ).remove();
    Outline outline = new Outline();
    new HtmlBlocks(outline, file.path()).add(main(page));
    return List.of(outline.document(file.name(), title.isEmpty() ? file.title() : title));
  }

  private static Element main(org.jsoup.nodes.Document page) {
    Elements main = page.select("main, [role=main]");
    if (main.isEmpty()) {
      main = page.select("article");
    }
    return main.size() == 1 ? main.get(0) : page.body();
  }

  private static String text(DocumentFile file) {
    try {
      return file.text();
    } catch (InputException e) {
      int length = Math.min(HEAD, file.bytes().length);
      String head = new String(file.bytes(), 0, length, StandardCharsets.ISO_8859_1);
      Matcher charset = CHARSET.matcher(head);
      if (charset.find() && !charset.group(1).equalsIgnoreCase("UTF-8")) {
        throw new InputException(e.getMessage() + " (it declares " + charset.group(1) + ")", e);
      }
      throw e;
    }
  }
}
