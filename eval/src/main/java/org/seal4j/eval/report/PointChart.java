package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.seal4j.data.check.Checks;

/**
 * A chart of named points in one or more measures, such as the gain of each row over its cost.
 * Points are numbered; their names stand below.
 *
 * @param title what is shown
 * @param xLabel name and unit of the horizontal axis
 * @param yLabel name and unit of the vertical axis
 * @param measures names of the measures, each with a mark of its own
 * @param points at least one
 */
public record PointChart(
    String title, String xLabel, String yLabel, List<String> measures, List<Point> points) {
  private static final int MOST = 3;

  /**
   * A named point.
   *
   * @param name of the point
   * @param x finite, at least 0
   * @param values one per measure, finite
   */
  public record Point(String name, double x, List<Double> values) {
    public Point {
      values = List.copyOf(values);
      Checks.require(
          Double.isFinite(x) && x >= 0 && values.stream().allMatch(Double::isFinite),
          "point '%s' of a chart must be finite with x >= 0 but is %s, %s",
          name,
          x,
          values);
    }
  }

  public PointChart {
    measures = List.copyOf(measures);
    points = List.copyOf(points);
    Checks.require(!points.isEmpty(), "chart '%s' has no point", title);
    Checks.require(
        !measures.isEmpty() && measures.size() <= MOST,
        "chart '%s' needs 1 to %d measures but has %d",
        title,
        MOST,
        measures.size());
    for (Point point : points) {
      Checks.require(
          point.values.size() == measures.size(),
          "point '%s' of chart '%s' needs a value for each of %s but has %s",
          point.name,
          title,
          measures,
          point.values);
    }
  }

  /** A mark that is drawn, and where its number stands. */
  private record Mark(int point, int measure, double x, double y) {}

  /** Draws on a plane of marks. */
  private static final class Plane {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 52;
    private static final double RIGHT = WIDTH - 40;
    private static final double TOP = 10;
    private static final double BOTTOM = HEIGHT - 40;

    /** Numbers are as far apart as this, one below the other. */
    private static final double LINE = 12;

    /** Marks that are as near as this share a column of numbers. */
    private static final double NEAR = 30;

    private final PointChart chart;
    private final Html html;
    private final Axis x;
    private final Axis y;

    Plane(PointChart chart, Html html) {
      this.chart = chart;
      this.html = html;
      DoubleSummaryStatistics xs = new DoubleSummaryStatistics();
      DoubleSummaryStatistics ys = new DoubleSummaryStatistics();
      chart.points.forEach(
          point -> {
            xs.accept(point.x);
            point.values.forEach(ys::accept);
          });
      x = Axis.ofValues(0, xs.getMax());
      y = Axis.ofValues(Math.min(0, ys.getMin()), ys.getMax());
    }

    private double across(double value) {
      return LEFT + x.at(value) * (RIGHT - LEFT);
    }

    private double down(double value) {
      return BOTTOM - y.at(value) * (BOTTOM - TOP);
    }

    void draw() {
      html.leaf("title", chart.title + ": " + chart.yLabel + " against " + chart.xLabel);
      axes();
      List<Mark> marks = new ArrayList<>();
      for (int i = 0; i < chart.points.size(); i++) {
        Point point = chart.points.get(i);
        for (int m = 0; m < chart.measures.size(); m++) {
          marks.add(new Mark(i, m, across(point.x), down(point.values.get(m))));
        }
      }
      marks.forEach(mark -> mark(html, mark.measure, mark.x, mark.y));
      double middle = (TOP + BOTTOM) / 2;
      List<double[]> taken = new ArrayList<>();
      marks.sort(Comparator.comparingDouble(Mark::y).thenComparingInt(Mark::point));
      marks.stream().filter(mark -> mark.y < middle).forEach(mark -> number(mark, taken, LINE));
      marks.sort(Comparator.comparingDouble(Mark::y).reversed().thenComparingInt(Mark::point));
      marks.stream().filter(mark -> mark.y >= middle).forEach(mark -> number(mark, taken, -LINE));
    }

    /** Writes the number of a mark beside it, towards the middle of those that stand there. */
    private void number(Mark mark, List<double[]> taken, double step) {
      double at = mark.x + 8;
      double y0 = mark.y + 4;
      boolean moved = true;
      while (moved) {
        moved = false;
        for (double[] other : taken) {
          if (Math.abs(other[0] - at) < NEAR && Math.abs(other[1] - y0) < LINE) {
            y0 = other[1] + step;
            moved = true;
          }
        }
      }
      taken.add(new double[] {at, y0});
      if (y0 != mark.y + 4) {
        html.open("g", "class", LineChart.style(mark.measure) + " thin");
        html.shape("line", "x1", mark.x, "y1", mark.y, "x2", at - 1, "y2", y0 - 4).close();
      }
      html.leaf("text", Integer.toString(mark.point + 1), "x", at, "y", y0);
    }

    private void axes() {
      html.open("g", "class", "axis");
      for (double value : x.marks()) {
        double at = across(value);
        html.leaf("text", x.label(value), "x", at, "y", BOTTOM + 16, "text-anchor", "middle");
      }
      double middle = (LEFT + RIGHT) / 2;
      html.leaf(
          "text",
          chart.xLabel,
          "x",
          middle,
          "y",
          HEIGHT - 6,
          "text-anchor",
          "middle",
          "class",
          "label");
      for (double value : y.marks()) {
        double at = down(value);
        html.shape("line", "x1", LEFT, "x2", RIGHT, "y1", at, "y2", at);
        html.leaf("text", y.label(value), "x", LEFT - 7, "y", at + 4, "text-anchor", "end");
      }
      String turned = "translate(11 " + Numbers.coordinate((TOP + BOTTOM) / 2) + ") rotate(-90)";
      html.leaf("text", chart.yLabel, "transform", turned, "text-anchor", "middle");
      html.close();
    }
  }

  /** The mark of a measure: a dot, a diamond, a square. */
  private static void mark(Html html, int measure, double x, double y) {
    html.open("g", "class", LineChart.style(measure));
    switch (measure) {
      case 0 -> html.shape("circle", "cx", x, "cy", y, "r", 4.0);
      case 1 ->
          html.shape(
              "rect",
              "x",
              x - 3.5,
              "y",
              y - 3.5,
              "width",
              7.0,
              "height",
              7.0,
              "class",
              "hollow",
              "transform",
              "rotate(45 %s %s)".formatted(Numbers.coordinate(x), Numbers.coordinate(y)));
      default -> html.shape("rect", "x", x - 4, "y", y - 4, "width", 8.0, "height", 8.0);
    }
    html.close();
  }

  void write(Html html) {
    html.open("figure", "class", "card").leaf("figcaption", title);
    html.open("ul", "class", "legend");
    for (int m = 0; m < measures.size(); m++) {
      html.open("li").open("svg", "viewBox", "0 0 14 12", "width", 14, "aria-hidden", "true");
      mark(html, m, 7, 6);
      html.close().text(measures.get(m)).close();
    }
    html.close().open("svg", "viewBox", "0 0 640 340", "class", "chart", "role", "img");
    new Plane(this, html).draw();
    html.close().open("ol", "class", "numbered");
    points.forEach(point -> html.leaf("li", point.name));
    html.close().closeLine();
  }
}
