package org.seal4j.data.document;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown: CommonMark with GitHub's tables, and front matter, whose title counts. */
final class MarkdownFile {
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \t]*\n(?:(?!---|\\.\\.\\.).*\n)*+(?:---|\\.\\.\\.)[ \t]*(?:\n|\\z)");

  private static final Pattern TITLE =
      Pattern.compile("^title:[ \t]*([\"']?)(.+?)\\1[ \t]*$", Pattern.MULTILINE);

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
    Node parsed =
        Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .build()
            .parse(text);
    Outline outline = new Outline();
    new MarkdownBlocks(outline).add(parsed);
    return List.of(outline.document(file.name(), title));
  }
}
