package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Section;

/**
 * Cuts a document into passages: by headings first, then by paragraphs, then by sentences, then by
 * words. What stands under one heading becomes as few passages as possible, of nearly equal length,
 * and a paragraph is cut only where that is needed. The best division is found by dynamic
 * programming, as TeX breaks lines (Knuth and Plass 1981).
 *
 * <p>No word is lost and none stands in two passages; headings go to the titles.
 */
final class PassageSplitter {
  private final int most;

  /**
   * A splitter.
   *
   * @param most words of a passage
   */
  PassageSplitter(int most) {
    this.most = most;
  }

  /** The passages of a document, each with the questions that it answers. */
  List<DocumentPassage> passages(Document document) {
    List<DocumentPassage> passages = new ArrayList<>();
    List<Section> sections = document.sections();
    for (int first = 0, next; first < sections.size(); first = next) {
      List<String> headings = sections.get(first).headings();
      List<Paragraph> pieces = new ArrayList<>();
      for (next = first; next < sections.size(); next++) {
        if (!sections.get(next).headings().equals(headings)) {
          break;
        }
        sections.get(next).paragraphs().forEach(paragraph -> pieces.addAll(pieces(paragraph)));
      }
      for (List<Paragraph> together : together(pieces)) {
        passages.add(passage(document, headings, together, passages.size() + 1));
      }
    }
    return QuestionPlaces.ask(document.questions(), passages);
  }

  private List<Paragraph> pieces(Paragraph paragraph) {
    return WordCount.of(paragraph.text()) <= most
        ? List.of(paragraph)
        : Sentences.of(paragraph, most);
  }

  /** The pieces in groups of at most {@link #most} words. */
  private List<List<Paragraph>> together(List<Paragraph> pieces) {
    int n = pieces.size();
    int[] words = pieces.stream().mapToInt(piece -> WordCount.of(piece.text())).toArray();
    long[] cost = new long[n + 1]; // of the first pieces, divided in the best way
    int[] from = new int[n + 1]; // where the last passage of that way begins
    Arrays.fill(cost, 1, n + 1, Long.MAX_VALUE);
    for (int end = 1; end <= n; end++) {
      long sum = 0;
      for (int start = end - 1; start >= 0; start--) {
        sum += words[start];
        if (sum > most) {
          break;
        }
        long whole = cost[start] + cost(sum, start > 0 ? pieces.get(start).gap() : Gap.EMPTY_LINE);
        if (whole < cost[end]) {
          cost[end] = whole;
          from[end] = start;
        }
      }
    }
    List<List<Paragraph>> groups = new ArrayList<>();
    for (int end = n; end > 0; end = from[end]) {
      groups.add(pieces.subList(from[end], end));
    }
    Collections.reverse(groups);
    return groups;
  }

  /** One for a passage, up to one for the words that it lacks, a quarter where it cuts a text. */
  private long cost(long words, Gap before) {
    long one = (long) most * most;
    long lacks = most - words;
    return one + lacks * lacks + (before == Gap.EMPTY_LINE ? 0 : one / 4);
  }

  private static DocumentPassage passage(
      Document document, List<String> headings, List<Paragraph> pieces, int number) {
    StringBuilder text = new StringBuilder();
    for (Paragraph piece : pieces) {
      text.append(text.length() == 0 ? "" : piece.gap().text()).append(piece.text());
    }
    List<String> title = new ArrayList<>(List.of(document.title()));
    title.addAll(headings);
    Paragraph last = pieces.get(pieces.size() - 1);
    return new DocumentPassage(
        document.name() + "/" + number,
        String.join(" - ", title),
        text.toString(),
        document.source() + ", " + pieces.get(0).place().to(last.place()),
        List.of());
  }
}
