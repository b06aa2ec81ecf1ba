package org.seal4j.data.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;

/** Cuts a paragraph that is longer than a passage: into sentences, and those into words. */
final class Sentences {
  /** A dot behind one of these ends no sentence. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "gen", "col", "lt", "capt", "rev",
          "hon", "v", "vs", "cf", "op", "opp", "fig", "figs", "eq", "vol", "nos", "pp", "ed", "eds",
          "approx", "ca", "e.g", "i.e", "al", "bzw", "nr", "z.b", "d.h", "u.a");

  private static final int LONGEST_ABBREVIATION = 8;

  private Sentences() {}

  /**
   * The sentences of a paragraph; together they are its text up to white space.
   *
   * @param most words of a sentence; a longer one is cut into equal parts
   */
  static List<Paragraph> of(Paragraph paragraph, int most) {
    List<Paragraph> sentences = new ArrayList<>();
    String text = paragraph.text();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    int start = 0;
    Gap gap = paragraph.gap();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      if (end < text.length() && isAbbreviation(text, end)) {
        continue;
      }
      String sentence = text.substring(start, end);
      if (!sentence.isBlank()) {
        addParts(sentences, new Paragraph(sentence.strip(), gap, paragraph.place()), most);
        gap = gapAfter(sentence);
      }
      start = end;
    }
    return sentences;
  }

  private static Gap gapAfter(String sentence) {
    String blanks = sentence.substring(sentence.stripTrailing().length());
    if (blanks.isEmpty()) {
      return Gap.NOTHING;
    }
    return blanks.indexOf('\n') >= 0 ? Gap.LINE : Gap.BLANK;
  }

  /** Adds the sentence, cut into equal parts where it is too long. */
  private static void addParts(List<Paragraph> parts, Paragraph sentence, int most) {
    String text = sentence.text();
    int[] ends = WordCount.ends(text);
    int count = (ends.length + most - 1) / most;
    int start = 0;
    Gap gap = sentence.gap();
    for (int part = 1; part <= count; part++) {
      int end = part == count ? text.length() : ends[(int) ((long) ends.length * part / count) - 1];
      String piece = text.substring(start, end);
      parts.add(new Paragraph(piece.strip(), gap, sentence.place()));
      gap =
          end < text.length() && WordCount.isBlank(text.codePointAt(end)) ? Gap.BLANK : Gap.NOTHING;
      start = end;
    }
  }

  /** Whether what ends here, blanks aside, is {@code Dr.} or {@code J.} and not a sentence. */
  private static boolean isAbbreviation(String text, int end) {
    int dot = end - 1;
    while (dot > 0 && Character.isWhitespace(text.charAt(dot))) {
      dot--;
    }
    if (text.charAt(dot) != '.') {
      return false;
    }
    int from = dot;
    while (from > 0 && dot - from < LONGEST_ABBREVIATION && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, dot);
    boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetter(c) || c == '.';
  }
}
