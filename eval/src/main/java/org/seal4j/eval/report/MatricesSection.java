package org.seal4j.eval.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Matrices of shares as shaded tables. */
final class MatricesSection {
  private MatricesSection() {}

  static void write(Html html, List<Matrix> matrices) {
    if (matrices.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "In two directions");
    html.open("div", "class", "row");
    matrices.forEach(matrix -> matrix(html, matrix));
    html.close().closeLine();
  }

  private static void matrix(Html html, Matrix matrix) {
    html.open("div", "class", "card").leaf("h3", matrix.title());
    html.open("table", "class", "matrix").open("tr").leaf("th", "");
    matrix.columns().forEach(column -> html.leaf("th", column));
    html.closeLine();
    for (int r = 0; r < matrix.rows().size(); r++) {
      html.open("tr").leaf("th", matrix.rows().get(r));
      matrix.cells().get(r).forEach(cell -> cell(html, cell));
      html.closeLine();
    }
    html.close().closeLine();
  }

  private static void cell(Html html, Optional<Double> cell) {
    if (cell.isEmpty()) {
      html.leaf("td", "");
      return;
    }
    double share = cell.get();
    int shade = (int) Math.round(10 * share);
    html.leaf("td", String.format(Locale.ROOT, "%.0f", 100 * share), "class", "shade" + shade);
  }
}
