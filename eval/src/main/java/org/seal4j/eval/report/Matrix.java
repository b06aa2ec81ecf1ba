package org.seal4j.eval.report;

import java.util.List;
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
    Checks.require(
        cells.size() == rows.size(),
        "matrix '%s' has %d rows of cells but %d labels",
        title,
        cells.size(),
        rows.size());
    for (List<Optional<Double>> row : cells) {
      Checks.require(
          row.size() == columns.size(),
          "a row of matrix '%s' has %d cells but there are %d columns",
          title,
          row.size(),
          columns.size());
      for (Optional<Double> cell : row) {
        Checks.require(
            cell.isEmpty() || (cell.get() >= 0 && cell.get() <= 1),
            "a cell of matrix '%s' must be a share in [0, 1] but is %s",
            title,
            cell);
      }
    }
  }
}
