package org.seal4j.eval.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seal4j.data.check.Checks;

/**
 * Shares in two directions, drawn as a table whose cells are the darker the larger they are.
 *
 * @param title what is shown
 * @param rows labels of the rows
 * @param columns labels of the columns
 * @param cells one list per row, one share in [0, 1] per column; empty where there is none
 */
public record Matrix(
    String title, List<String> rows, List<String> columns, List<List<Optional<Double>>> cells) {
  public Matrix {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
    int n = rows.size();
    Checks.require(
        cells.size() == n,
        "matrix '%s' has %d rows of cells but %d labels",
        title,
        cells.size(),
        n);
    for (List<Optional<Double>> row : cells) {
      Checks.require(
          row.size() == columns.size(),
          "a row of matrix '%s' has %d cells but there are %d columns",
          title,
          row.size(),
          columns.size());
      Checks.require(
          row.stream().flatMap(Optional::stream).allMatch(share -> share >= 0 && share <= 1),
          "cells of matrix '%s' must be shares in [0, 1] but are %s",
          title,
          row);
    }
  }

  void write(Html html) {
    html.open("div", "class", "card").leaf("h3", title);
    html.open("table", "class", "matrix").open("tr").leaf("th", "");
    columns.forEach(column -> html.leaf("th", column));
    html.closeLine();
    for (int r = 0; r < rows.size(); r++) {
      html.open("tr").leaf("th", rows.get(r));
      cells.get(r).forEach(cell -> write(html, cell));
      html.closeLine();
    }
    html.close().closeLine();
  }

  private static void write(Html html, Optional<Double> cell) {
    if (cell.isEmpty()) {
      html.leaf("td", "");
      return;
    }
    double share = cell.get();
    String shade = "shade" + Math.round(10 * share);
    html.leaf("td", String.format(Locale.ROOT, "%.0f", 100 * share), "class", shade);
  }
}
