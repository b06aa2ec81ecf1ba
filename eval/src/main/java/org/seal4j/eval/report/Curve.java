package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A chart of one or more lines: reward per round, loss per step.
 *
 * @param title what is shown
 * @param xLabel name (and unit) of the horizontal axis
 * @param yLabel name (and unit) of the vertical axis
 * @param lines at least one
 */
public record Curve(String title, String xLabel, String yLabel, List<Line> lines) {
  private static final int MOST_POINTS = 200;

  public Curve {
    Checks.require(!lines.isEmpty(), "curve '%s' has no line", title);
    lines = List.copyOf(lines);
  }

  /**
   * One named line; points in the order of x, at least one. All of them are drawn; {@link #of}
   * draws a long series with few.
   */
  public record Line(String name, List<Point> points) {
    public Line {
      Checks.require(!points.isEmpty(), "line '%s' of a curve has no point", name);
      points = List.copyOf(points);
      for (int i = 1; i < points.size(); i++) {
        double x = points.get(i).x();
        double last = points.get(i - 1).x();
        Checks.require(
            last <= x, "line '%s' goes back at point %d: x is %s after %s", name, i, x, last);
      }
    }

    /**
     * A series at x = 0, 1, ...; where it is longer than 200 values, means of equally long
     * stretches, each at the middle of its stretch.
     */
    public static Line of(String name, List<Double> values) {
      int stretch = (values.size() + MOST_POINTS - 1) / MOST_POINTS;
      List<Point> points = new ArrayList<>();
      for (int from = 0; from < values.size(); from += stretch) {
        List<Double> part = values.subList(from, Math.min(from + stretch, values.size()));
        double mean = part.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        points.add(new Point(from + part.size() / 2, mean));
      }
      return new Line(name, points);
    }
  }

  /** A finite point. */
  public record Point(double x, double y) {
    public Point {
      boolean finite = Double.isFinite(x) && Double.isFinite(y);
      Checks.require(finite, "a point of a curve must be finite but is (%s, %s)", x, y);
    }
  }
}
