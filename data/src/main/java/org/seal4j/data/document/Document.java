package org.seal4j.data.document;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Question;

/**
 * A document as it was read, before it is cut into passages.
 *
 * @param name path below the folder that was given, with {@code /}, or the name of the file; a row
 *     of a file is {@code file#row}
 * @param source name of the file that it stands in
 * @param title what it calls itself, or its file name in words
 * @param sections in the order of the document; at least one
 * @param questions that the file brings with it; mostly none
 */
public record Document(
    String name, String source, String title, List<Section> sections, List<Question> questions) {
  public Document {
    Checks.require(!name.isBlank(), "a document needs a name, but it was blank");
    Checks.require(!title.isBlank(), "%s needs a title, but it was blank", name);
    sections = List.copyOf(sections);
    questions = List.copyOf(questions);
  }

  /** A document that is a whole file and brings no questions. */
  static Document of(String name, String title, List<Section> sections) {
    return new Document(name, name, title, sections, List.of());
  }

  /**
   * What stands under one heading.
   *
   * @param headings above it, the widest first, without the title; empty where there are none
   * @param paragraphs at least one
   */
  public record Section(List<String> headings, List<Paragraph> paragraphs) {
    public Section {
      headings = List.copyOf(headings);
      paragraphs = List.copyOf(paragraphs);
    }
  }

  /**
   * A piece of text that is cut only if it is longer than a passage.
   *
   * @param text not blank
   * @param gap what stands between it and the one before: an empty line, a line feed between the
   *     items of a list, a blank between sentences
   * @param place where a person finds it, such as {@code line 12} or {@code page 3}
   */
  public record Paragraph(String text, Gap gap, Place place) {
    public Paragraph {
      Checks.require(!text.isBlank(), "a paragraph (%s) has no text", place);
    }
  }

  /** What stands between two pieces of text. */
  public enum Gap {
    /** A new paragraph. */
    EMPTY_LINE("\n\n"),
    /** A new item or line. */
    LINE("\n"),
    /** A new sentence or word. */
    BLANK(" "),
    /** Nothing, as between the sentences of Chinese. */
    NOTHING("");

    private final String text;

    Gap(String text) {
      this.text = text;
    }

    /** The characters that are written. */
    public String text() {
      return text;
    }
  }

  /**
   * A place of a file.
   *
   * @param unit {@code line}, {@code row}, {@code page} or {@code passage}
   * @param number from 1
   */
  public record Place(String unit, int number) {
    /** The place from this one to another one, as {@code page 3} or {@code pages 3-4}. */
    String to(Place last) {
      return last.number == number ? toString() : unit + "s " + number + "-" + last.number;
    }

    @Override
    public String toString() {
      return unit + " " + number;
    }
  }
}
