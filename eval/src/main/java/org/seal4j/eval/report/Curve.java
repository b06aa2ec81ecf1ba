package org.seal4j.eval.report;

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
  public Curve {
    Checks.require(!lines.isEmpty(), "curve '%s' has no line", title);
    lines = List.copyOf(lines);
  }

  /** One named line; points in the order of x, at least one. */
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
  }

  /** A finite point. */
  public record Point(double x, double y) {
    public Point {
      boolean finite = Double.isFinite(x) && Double.isFinite(y);
      Checks.require(finite, "a point of a curve must be finite but is (%s, %s)", x, y);
    }
  }
}
