package org.seal4j.data.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Takes out what stands at the head or the foot of many pages: running titles and page numbers. A
 * line goes where the same one, digits aside, is the first or the last of at least three pages and
 * of two in five.
 */
final class PdfMargins {
  private static final int FEWEST = 3;

  /** Lines at either end that may go. */
  private static final int MOST_LINES = 3;

  private PdfMargins() {}

  /** The lines of all pages without those. */
  static List<PdfLine> without(List<List<PdfLine>> pages) {
    List<List<PdfLine>> rest = new ArrayList<>();
    pages.forEach(page -> rest.add(new ArrayList<>(page)));
    rest.removeIf(List::isEmpty);
    for (int i = 0; i < MOST_LINES; i++) {
      remove(rest, page -> 0);
      remove(rest, page -> page.size() - 1);
    }
    return rest.stream().flatMap(List::stream).toList();
  }

  private static void remove(List<List<PdfLine>> pages, ToIntFunction<List<PdfLine>> place) {
    Map<String, Integer> counts = new HashMap<>();
    for (List<PdfLine> page : pages) {
      if (!page.isEmpty()) {
        counts.merge(form(page.get(place.applyAsInt(page))), 1, Integer::sum);
      }
    }
    for (List<PdfLine> page : pages) {
      if (!page.isEmpty()) {
        int at = place.applyAsInt(page);
        int count = counts.getOrDefault(form(page.get(at)), 0);
        if (count >= FEWEST && count * 5 >= pages.size() * 2) {
          page.remove(at);
        }
      }
    }
  }

  private static String form(PdfLine line) {
    return line.text().replaceAll("\\d+", "0");
  }
}
