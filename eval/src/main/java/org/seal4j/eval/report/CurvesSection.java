package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;

/** Charts, as SVG in the colours of the page. */
final class CurvesSection {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 250;
  private static final double LEFT = 44;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 10;
  private static final double BOTTOM = HEIGHT - 40;

  /** Longer lines are drawn as means of neighbours. */
  static final int MAX_POINTS = 200;

  /** Lines with fewer points have a dot on each. */
  private static final int DOTS_BELOW = 20;

  private static final int STYLES = 6;

  private CurvesSection() {}

  static void write(Html html, List<Curve> curves) {
    if (curves.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Curves").open("div", "class", "charts");
    curves.forEach(curve -> chart(html, curve));
    html.close();
    if (curves.stream().flatMap(c -> c.lines().stream()).anyMatch(CurvesSection::isThinned)) {
      String note = "Lines of more than " + MAX_POINTS + " points show means of neighbours.";
      html.leaf("p", note, "class", "quiet");
    }
    html.closeLine();
  }

  private static boolean isThinned(Line line) {
    return line.points().size() > MAX_POINTS;
  }

  private static void chart(Html html, Curve curve) {
    List<Line> lines =
        curve.lines().stream().map(l -> new Line(l.name(), thinned(l.points()))).toList();
    List<Point> all = lines.stream().flatMap(l -> l.points().stream()).toList();
    Axis x =
        Axis.ofPositions(
            all.stream().mapToDouble(Point::x).min().orElseThrow(),
            all.stream().mapToDouble(Point::x).max().orElseThrow());
    Axis y =
        Axis.ofValues(
            all.stream().mapToDouble(Point::y).min().orElseThrow(),
            all.stream().mapToDouble(Point::y).max().orElseThrow());
    html.open("figure", "class", "card").leaf("figcaption", curve.title());
    legend(html, lines);
    html.open("svg", "viewBox", "0 0 440 250", "class", "chart", "role", "img");
    html.leaf("title", curve.title() + ": " + curve.yLabel() + " against " + curve.xLabel());
    xAxis(html, x, curve.xLabel());
    yAxis(html, y, curve.yLabel());
    for (int i = 0; i < lines.size(); i++) {
      line(html, lines.get(i).points(), new Frame(x, y), style(i));
    }
    html.close().closeLine();
  }

  private record Frame(Axis x, Axis y) {
    String px(Point p) {
      return Figures.coordinate(LEFT + x.at(p.x()) * (RIGHT - LEFT));
    }

    String py(Point p) {
      return Figures.coordinate(BOTTOM - y.at(p.y()) * (BOTTOM - TOP));
    }
  }

  private static String style(int line) {
    return "line s" + line % STYLES;
  }

  private static void line(Html html, List<Point> points, Frame frame, String style) {
    StringBuilder path = new StringBuilder();
    for (Point p : points) {
      path.append(path.length() == 0 ? "M" : "L").append(frame.px(p)).append(' ');
      path.append(frame.py(p));
    }
    html.open("g", "class", style).single("path", "d", path.toString());
    if (points.size() < DOTS_BELOW) {
      points.forEach(p -> html.single("circle", "cx", frame.px(p), "cy", frame.py(p), "r", "3.5"));
    }
    html.close();
  }

  private static void xAxis(Html html, Axis axis, String label) {
    html.open("g", "class", "axis");
    for (double mark : axis.marks()) {
      String at = Figures.coordinate(LEFT + axis.at(mark) * (RIGHT - LEFT));
      String y = Figures.coordinate(BOTTOM + 16);
      html.leaf("text", axis.label(mark), "x", at, "y", y, "text-anchor", "middle");
    }
    String middle = Figures.coordinate((LEFT + RIGHT) / 2);
    String y = Figures.coordinate(HEIGHT - 6);
    html.leaf("text", label, "x", middle, "y", y, "text-anchor", "middle", "class", "label");
    html.close();
  }

  private static void yAxis(Html html, Axis axis, String label) {
    html.open("g", "class", "axis");
    for (double mark : axis.marks()) {
      double at = BOTTOM - axis.at(mark) * (BOTTOM - TOP);
      String y = Figures.coordinate(at);
      String x1 = Figures.coordinate(LEFT);
      html.single("line", "x1", x1, "x2", Figures.coordinate(RIGHT), "y1", y, "y2", y);
      String x = Figures.coordinate(LEFT - 7);
      String base = Figures.coordinate(at + 4);
      html.leaf("text", axis.label(mark), "x", x, "y", base, "text-anchor", "end");
    }
    String turned = "translate(11 " + Figures.coordinate((TOP + BOTTOM) / 2) + ") rotate(-90)";
    html.leaf("text", label, "transform", turned, "text-anchor", "middle", "class", "label");
    html.close();
  }

  private static void legend(Html html, List<Line> lines) {
    html.open("ul", "class", "legend");
    for (int i = 0; i < lines.size(); i++) {
      html.open("li").open("svg", "viewBox", "0 0 22 10", "aria-hidden", "true");
      html.open("g", "class", style(i)).single("path", "d", "M1 5H21").close().close();
      html.text(lines.get(i).name()).close();
    }
    html.close();
  }

  /** At most {@link #MAX_POINTS} points: means of neighbours, all groups of nearly equal size. */
  static List<Point> thinned(List<Point> points) {
    int n = points.size();
    if (n <= MAX_POINTS) {
      return points;
    }
    List<Point> means = new ArrayList<>();
    for (int i = 0; i < MAX_POINTS; i++) {
      List<Point> group =
          points.subList((int) ((long) i * n / MAX_POINTS), (int) ((i + 1L) * n / MAX_POINTS));
      means.add(
          new Point(
              group.stream().mapToDouble(Point::x).average().orElseThrow(),
              group.stream().mapToDouble(Point::y).average().orElseThrow()));
    }
    return means;
  }
}
