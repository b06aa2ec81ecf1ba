package org.seal4j.eval.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;

/** A chart of lines, as SVG in the colours of the page. */
final class LineChart {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 250;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 10;
  private static final double BOTTOM = HEIGHT - 40;

  /** Lines with fewer points have a dot on each. */
  private static final int DOTS_BELOW = 20;

  private static final int STYLES = 6;

  private final Html html;
  private final Axis x;
  private final Axis y;

  private LineChart(Html html, List<Line> lines) {
    DoubleSummaryStatistics xs = new DoubleSummaryStatistics();
    DoubleSummaryStatistics ys = new DoubleSummaryStatistics();
    for (Line line : lines) {
      line.points().forEach(point -> xs.accept(point.x()));
      line.points().forEach(point -> ys.accept(point.y()));
    }
    this.html = html;
    this.x = Axis.ofPositions(xs.getMin(), xs.getMax());
    this.y = Axis.ofValues(ys.getMin(), ys.getMax());
  }

  static void write(Curve curve, Html html) {
    List<Line> lines = curve.lines();
    LineChart chart = new LineChart(html, lines);
    html.open("figure", "class", "card").leaf("figcaption", curve.title());
    html.open("ul", "class", "legend");
    for (int i = 0; i < lines.size(); i++) {
      html.open("li").open("svg", "viewBox", "0 0 22 10", "aria-hidden", "true");
      html.open("g", "class", style(i)).shape("path", "d", "M1 5H21").close().close();
      html.text(lines.get(i).name()).close();
    }
    html.close().open("svg", "viewBox", "0 0 440 250", "class", "chart", "role", "img");
    chart.draw(curve);
    html.close().closeLine();
  }

  /** Writes what is inside a picture of 440 by 250: title, axes and lines. */
  static void draw(Curve curve, Html html) {
    new LineChart(html, curve.lines()).draw(curve);
  }

  private void draw(Curve curve) {
    List<Line> lines = curve.lines();
    html.leaf("title", curve.title() + ": " + curve.yLabel() + " against " + curve.xLabel());
    xAxis(curve.xLabel());
    yAxis(curve.yLabel());
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i).points(), style(i));
    }
  }

  /** The class of a line in this place. */
  static String style(int line) {
    return "line s" + line % STYLES;
  }

  private double across(double value) {
    return LEFT + x.at(value) * (RIGHT - LEFT);
  }

  private double down(double value) {
    return BOTTOM - y.at(value) * (BOTTOM - TOP);
  }

  private void line(List<Point> points, String style) {
    StringBuilder path = new StringBuilder();
    for (Point p : points) {
      path.append(path.length() == 0 ? "M" : "L").append(Numbers.coordinate(across(p.x())));
      path.append(' ').append(Numbers.coordinate(down(p.y())));
    }
    html.open("g", "class", style).shape("path", "d", path);
    if (points.size() < DOTS_BELOW) {
      points.forEach(p -> html.shape("circle", "cx", across(p.x()), "cy", down(p.y()), "r", 3.5));
    }
    html.close();
  }

  private void xAxis(String label) {
    html.open("g", "class", "axis");
    for (double mark : x.marks()) {
      double at = across(mark);
      html.leaf("text", x.label(mark), "x", at, "y", BOTTOM + 16, "text-anchor", "middle");
    }
    double middle = (LEFT + RIGHT) / 2;
    html.leaf(
        "text", label, "x", middle, "y", HEIGHT - 6, "text-anchor", "middle", "class", "label");
    html.close();
  }

  private void yAxis(String label) {
    html.open("g", "class", "axis");
    for (double mark : y.marks()) {
      double at = down(mark);
      html.shape("line", "x1", LEFT, "x2", RIGHT, "y1", at, "y2", at);
      html.leaf("text", y.label(mark), "x", LEFT - 7, "y", at + 4, "text-anchor", "end");
    }
    String turned = "translate(11 " + Numbers.coordinate((TOP + BOTTOM) / 2) + ") rotate(-90)";
    html.leaf("text", label, "transform", turned, "text-anchor", "middle", "class", "label");
    html.close();
  }
}
