package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.document.Document.Section;

/**
 * Text without marks: paragraphs are divided by empty lines. A first line that is what the file is
 * called, punctuation aside, is the title, and no part of the text.
 */
final class PlainText {
  /** The longest line of a paragraph whose lines were broken to fit a page. */
  private static final int WIDEST_PAGE = 120;

  private static final int NARROWEST_PAGE = 50;

  private static final Pattern ITEM = Pattern.compile("(?:[-*+\u2022]|\\(?\\d{1,3}[.)]) .*");

  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private PlainText() {}

  static List<Document> read(DocumentFile file, DocumentLimits limits) {
    List<Paragraph> paragraphs = paragraphs(file.text(), line -> new Place("line", line));
    boolean titled = paragraphs.size() > 1 && isSame(paragraphs.get(0).text(), file.title());
    String title = titled ? paragraphs.get(0).text() : file.title();
    List<Paragraph> text = paragraphs.subList(titled ? 1 : 0, paragraphs.size());
    return List.of(Document.of(file.name(), title, List.of(new Section(List.of(), text))));
  }

  private static boolean isSame(String line, String title) {
    String letters = letters(line);
    return !letters.isEmpty() && letters.equals(letters(title));
  }

  private static String letters(String text) {
    return OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
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
