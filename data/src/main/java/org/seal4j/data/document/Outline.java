package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.document.Document.Section;

/**
 * Collects the headings and paragraphs of a document in their order. Where one heading of the first
 * level stands before all others, it is the title of the document.
 */
final class Outline {
  private record Heading(int level, String text, Place place) {}

  private final List<Section> sections = new ArrayList<>();
  private final List<Heading> open = new ArrayList<>();
  private final List<Paragraph> paragraphs = new ArrayList<>();
  private final List<Heading> firstLevel = new ArrayList<>();
  private boolean isFirst = true;
  private boolean startsWithFirstLevel;
  private boolean bare; // the last heading has nothing under it yet

  /**
   * Begins a section.
   *
   * @param level 1 for the widest
   */
  void heading(int level, String words, Place place) {
    String text = CleanText.oneLine(words);
    if (text.isEmpty()) {
      return;
    }
    close(level);
    Heading heading = new Heading(level, text, place);
    if (level == 1) {
      firstLevel.add(heading);
    }
    startsWithFirstLevel |= isFirst && level == 1;
    isFirst = false;
    open.removeIf(other -> other.level >= level);
    open.add(heading);
    bare = true;
  }

  /** Adds the text, its lines with single blanks; nothing where it is blank. */
  void paragraph(String text, Gap gap, Place place) {
    verbatim(CleanText.words(text), gap, place);
  }

  /** Adds the text as it is; nothing where it is blank. */
  void verbatim(String text, Gap gap, Place place) {
    if (!text.isBlank()) {
      paragraphs.add(new Paragraph(text, gap, place));
      bare = false;
    }
  }

  /** Ends the section; a heading with nothing under it is text of the section around it. */
  private void close(int nextLevel) {
    List<String> headings = new ArrayList<>(open.stream().map(Heading::text).toList());
    if (!paragraphs.isEmpty()) {
      sections.add(new Section(headings, paragraphs));
      paragraphs.clear();
    } else if (bare && !open.isEmpty() && open.get(open.size() - 1).level >= nextLevel) {
      Heading last = open.get(open.size() - 1);
      headings.remove(headings.size() - 1);
      sections.add(
          new Section(headings, List.of(new Paragraph(last.text, Gap.EMPTY_LINE, last.place))));
    }
    bare = false;
  }

  /**
   * The document.
   *
   * @param otherTitle where no heading is the title
   */
  Document document(String name, String otherTitle) {
    close(0);
    Optional<String> title =
        startsWithFirstLevel && firstLevel.size() == 1
            ? Optional.of(firstLevel.get(0).text)
            : Optional.empty();
    List<Section> all = title.isEmpty() ? sections : sections.stream().map(Outline::below).toList();
    return Document.of(name, title.orElse(otherTitle), all);
  }

  /** The section without the heading that is the title. */
  private static Section below(Section section) {
    List<String> headings = section.headings();
    return headings.isEmpty()
        ? section
        : new Section(headings.subList(1, headings.size()), section.paragraphs());
  }
}
