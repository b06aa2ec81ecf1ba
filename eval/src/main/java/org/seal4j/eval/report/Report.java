package org.seal4j.eval.report;

import java.util.List;

/**
 * The page of a run: title and finding, the result table, then the sections in their order.
 *
 * @param title name of the run
 * @param headline one sentence of what was found, for people; may be empty
 * @param results the table
 * @param sections all else; empty ones are left out
 */
public record Report(String title, String headline, Results results, List<Section> sections) {
  public Report {
    sections = List.copyOf(sections);
  }
}
