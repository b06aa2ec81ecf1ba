package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.document.Document.Section;

/** Text without marks: paragraphs are divided by empty lines. */
final class PlainText {
  /** The longest line of a paragraph whose lines were broken to fit a page. */
  private static final int WIDEST_PAGE = 120;

  private static final int NARROWEST_PAGE = 50;

  private static final Pattern ITEM = Pattern.compile("(?:[-*+\u2022]|\\(?\\d{1,3}[.)]) .*");

  private PlainText() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    List<Paragraph> paragraphs = paragraphs(file.text(), line -> new Place("line", line));
    return List.of(
        Document.of(file.name(), file.title(), List.of(new Section(List.of(), paragraphs))));
  }

  /**
   * The paragraphs of a clean text.
   *
   * @param places of its lines, from 1
   */
  static List<Paragraph> paragraphs(String text, IntFunction<Place> places) {
    List<Paragraph> paragraphs = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (String line : (text + "\n\n").split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add(line.strip());
      } else if (!lines.isEmpty()) {
        add(paragraphs, lines, number - lines.size(), places);
        lines.clear();
      }
    }
    return paragraphs;
  }

  /** Whether a line begins an item of a list. */
  static boolean isItem(String line) {
    return ITEM.matcher(line).matches();
  }

  /** The paragraphs of a row of a file, all at its place. */
  static List<Section> section(String text, Place place) {
    return List.of(new Section(List.of(), paragraphs(CleanText.lines(text), line -> place)));
  }

  /** Adds the lines of one paragraph: each by itself, or joined where a page broke them. */
  private static void add(
      List<Paragraph> paragraphs, List<String> lines, int first, IntFunction<Place> places) {
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    boolean page = longest >= NARROWEST_PAGE && longest <= WIDEST_PAGE;
    Gap gap = Gap.EMPTY_LINE;
    for (int i = 0; i < lines.size(); ) {
      StringBuilder joined = new StringBuilder(lines.get(i));
      int next = i + 1;
      while (next < lines.size()
          && page
          && lines.get(next - 1).length() * 5 >= longest * 3
          && !isItem(lines.get(next))) {
        joined.append(' ').append(lines.get(next));
        next++;
      }
      paragraphs.add(new Paragraph(joined.toString(), gap, places.apply(first + i)));
      gap = Gap.LINE;
      i = next;
    }
  }
}
