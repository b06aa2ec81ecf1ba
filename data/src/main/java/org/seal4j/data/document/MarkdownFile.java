package org.seal4j.data.document;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.seal4j.data.check.Checks;

/** Reads Markdown: CommonMark with GitHub's tables, and front matter, whose title counts. */
final class MarkdownFile {
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \t]*\n(?:(?!---|\\.\\.\\.).*\n)*+(?:---|\\.\\.\\.)[ \t]*(?:\n|\\z)");

  private static final Pattern TITLE =
      Pattern.compile("^title:[ \t]*([\"']?)(.+?)\\1[ \t]*$", Pattern.MULTILINE);

  /** Begins a line that goes on with no paragraph. */
  private static final String STARTS = "-*+>#|";

  /**
   * Most pairs of a bracket and a mark of emphasis in one paragraph, summed over all: the parser
   * looks at each pair, which takes about ten seconds for so many.
   */
  private static final long MOST_PAIRS = 100_000_000;

  private MarkdownFile() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    String text = file.text();
    String title = file.title();
    Matcher matter = FRONT_MATTER.matcher(text);
    if (matter.find()) {
      Matcher named = TITLE.matcher(matter.group());
      title = named.find() ? CleanText.oneLine(named.group(2)) : title;
      // as many empty lines, so that the lines keep their numbers
      text = "\n".repeat((int) matter.group().lines().count()) + text.substring(matter.end());
    }
    requireBounded(text, file.path());
    Node parsed =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build()
            .parse(text);
    Outline outline = new Outline();
    new MarkdownBlocks(outline, file.path()).add(parsed);
    return List.of(outline.document(file.name(), title));
  }

  private static void requireBounded(String text, Path file) {
    long pairs = 0;
    long brackets = 0;
    long marks = 0;
    boolean startsLine = true;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (startsLine && (c == '\n' || STARTS.indexOf(c) >= 0)) {
        pairs += brackets * marks;
        brackets = 0;
        marks = 0;
      }
      startsLine = c == '\n' || (startsLine && c == ' ');
      brackets += c == ']' ? 1 : 0;
      marks += c == '*' || c == '_' ? 1 : 0;
    }
    Checks.require(
        pairs + brackets * marks <= MOST_PAIRS,
        "%s has a paragraph with too many links and marks of emphasis; divide it by empty lines",
        file);
  }
}
