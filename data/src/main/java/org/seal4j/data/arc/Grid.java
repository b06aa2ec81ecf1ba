package org.seal4j.data.arc;

import java.util.Arrays;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;

/**
 * An immutable rectangle of colours 0 to 9; 0 is the background. Rows are counted from the top,
 * columns from the left.
 */
public final class Grid {
  /** Number of colours. */
  public static final int COLORS = 10;

  private final int height;
  private final int width;
  private final byte[] cells;

  private Grid(int height, int width, byte[] cells) {
    this.height = height;
    this.width = width;
    this.cells = cells;
  }

  /** A grid of {@code rows[r][c]}; rows must be of equal length >= 1 and colours 0 to 9. */
  public static Grid of(int[][] rows) {
    Checks.require(rows.length > 0 && rows[0].length > 0, "a grid needs at least one cell");
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != rows[0].length) {
        throw Checks.refuse(
            "grid row %d has %d cells but row 0 has %d; rows must be of equal length",
            r, rows[r].length, rows[0].length);
      }
    }
    return generate(rows.length, rows[0].length, (r, c) -> rows[r][c]);
  }

  /** A grid whose cell {@code (r, c)} is {@code fill.at(r, c)}. */
  public static Grid generate(int height, int width, CellFunction fill) {
    Checks.require(height > 0 && width > 0, "a grid needs at least one cell");
    byte[] cells = new byte[height * width];
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int color = fill.at(r, c);
        if (color < 0 || color >= COLORS) {
          throw Checks.refuse("grid cell (%d, %d) is %d; colours are 0 to 9", r, c, color);
        }
        cells[r * width + c] = (byte) color;
      }
    }
    return new Grid(height, width, cells);
  }

  /** The colour of a cell. */
  @FunctionalInterface
  public interface CellFunction {
    int at(int row, int column);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The colour at this row and column. */
  public int at(int row, int column) {
    return cells[row * width + column];
  }

  /** Whether the grid has this row and column. */
  public boolean holds(int row, int column) {
    return row >= 0 && row < height && column >= 0 && column < width;
  }

  /** A grid of the same size whose cell {@code (r, c)} is {@code fill.at(r, c)}. */
  public Grid map(CellFunction fill) {
    return generate(height, width, fill);
  }

  /** Number of cells of each colour, {@code [10]}. */
  public int[] counts() {
    int[] counts = new int[COLORS];
    for (byte cell : cells) {
      counts[cell]++;
    }
    return counts;
  }

  /** A fresh copy as {@code int[height][width]}. */
  public int[][] rows() {
    int[][] rows = new int[height][width];
    for (int i = 0; i < cells.length; i++) {
      rows[i / width][i % width] = cells[i];
    }
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid that
        && height == that.height
        && width == that.width
        && Arrays.equals(cells, that.cells);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(cells);
  }

  /** Rows of digits, separated by {@code /}: {@code 012/345}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      text.append(i > 0 && i % width == 0 ? "/" : "").append(cells[i]);
    }
    return text.toString();
  }

  /** Reads the form written by {@link #toString()}. */
  public static Grid parse(String text) {
    return of(
        Stream.of(text.split("/", -1))
            .map(line -> line.chars().map(digit -> digit - '0').toArray())
            .toArray(int[][]::new));
  }
}
