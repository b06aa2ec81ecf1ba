package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;

/**
 * Joins the lines of a PDF to paragraphs, over the ends of pages too. A word that is divided at the
 * end of a line becomes one, without its hyphen unless the document writes it with one elsewhere.
 */
final class PdfParagraphs {
  private static final Pattern HYPHENATED = Pattern.compile("\\p{L}+-\\p{Ll}+");
  private static final Pattern HALF_BEFORE = Pattern.compile("(\\p{L}+)-$");
  private static final Pattern HALF_AFTER = Pattern.compile("^\\p{Ll}+");
  private static final Pattern ENDS_SENTENCE = Pattern.compile(".*[.!?:][\"'\u201d\u2019)\\]]*");

  private final Set<String> hyphenated = new HashSet<>();
  private final List<Paragraph> paragraphs = new ArrayList<>();
  private final int usual;

  /**
   * Finds the length of a full line, which nine in ten do not exceed, and the words with hyphens.
   */
  private PdfParagraphs(List<PdfLine> lines) {
    int[] lengths = lines.stream().mapToInt(line -> line.text().length()).sorted().toArray();
    usual = lengths[lengths.length * 9 / 10];
    for (PdfLine line : lines) {
      Matcher words = HYPHENATED.matcher(line.text());
      while (words.find()) {
        hyphenated.add(words.group());
      }
    }
  }

  /** The paragraphs, each at the page where it begins. */
  static List<Paragraph> of(List<PdfLine> lines) {
    PdfParagraphs joined = new PdfParagraphs(lines);
    StringBuilder text = new StringBuilder();
    PdfLine first = lines.get(0);
    Gap gap = Gap.EMPTY_LINE;
    for (int i = 0; i < lines.size(); i++) {
      PdfLine line = lines.get(i);
      if (i > 0 && joined.begins(lines.get(i - 1), line)) {
        joined.add(text.toString(), gap, first);
        text.setLength(0);
        gap = line.first() ? Gap.EMPTY_LINE : Gap.LINE;
        first = line;
      }
      joined.append(text, i > 0 ? lines.get(i - 1).text() : "", line.text());
    }
    joined.add(text.toString(), gap, first);
    return joined.paragraphs;
  }

  private void add(String text, Gap gap, PdfLine first) {
    paragraphs.add(new Paragraph(text, gap, new Place("page", first.page())));
  }

  /**
   * Whether a line begins a paragraph or an item, and does not go on with what the last one said.
   */
  private boolean begins(PdfLine last, PdfLine line) {
    boolean goesOn =
        !ENDS_SENTENCE.matcher(last.text()).matches()
            && Character.isLowerCase(line.text().codePointAt(0));
    if (goesOn) {
      return false;
    }
    boolean isShort = last.text().length() * 5 < usual * 3;
    return line.first() || isShort || PlainText.isItem(line.text());
  }

  /** Adds a line to the text, which is empty or ends with the last line. */
  private void append(StringBuilder text, String last, String line) {
    Matcher before = HALF_BEFORE.matcher(last);
    Matcher after = HALF_AFTER.matcher(line);
    if (text.length() == 0) {
      text.append(line);
    } else if (before.find() && after.find()) {
      if (!hyphenated.contains(before.group(1) + "-" + after.group())) {
        text.setLength(text.length() - 1);
      }
      text.append(line);
    } else {
      text.append(' ').append(line);
    }
  }
}
