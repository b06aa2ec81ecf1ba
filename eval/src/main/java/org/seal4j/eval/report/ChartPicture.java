package org.seal4j.eval.report;

/** A chart of lines as a picture of its own, for pages that are not reports. */
public final class ChartPicture {
  private static final double WIDTH = 440;
  private static final double CHART = 250;
  private static final double ROW = 18;

  /** What {@code report.css} says of charts, on white. */
  private static final String STYLE =
      """
      <style>
      text { font: 12px sans-serif; fill: #626b75; stroke: none } .title { font-weight: 600; fill: #1d2228 }
      .axis line { stroke: #e2e3df } .line path { fill: none; stroke-width: 2 }
      .s0 { stroke: #2f6fb7; fill: #2f6fb7 } .s1 { stroke: #d1622b; fill: #d1622b }
      .s2 { stroke: #1e8a68; fill: #1e8a68 } .s3 { stroke: #9350b0; fill: #9350b0 }
      .s4 { stroke: #a98307; fill: #a98307 } .s5 { stroke: #6b7480; fill: #6b7480 }
      .s1 path { stroke-dasharray: 7 4 } .s2 path { stroke-dasharray: 2 4 }
      </style>
      """;

  private ChartPicture() {}

  /** The picture as SVG, with its title and the names of the lines above the chart. */
  public static String svg(Curve curve) {
    double top = ROW * (curve.lines().size() + 1) + 8;
    Html html = new Html();
    html.shape("rect", "width", WIDTH, "height", CHART + top, "fill", "#ffffff");
    html.leaf("text", curve.title(), "x", 10.0, "y", 16.0, "class", "title");
    for (int i = 0; i < curve.lines().size(); i++) {
      double middle = ROW * (i + 1) + 12;
      html.open("g", "class", LineChart.style(i));
      html.shape("path", "d", "M10 " + middle + "H32");
      html.leaf("text", curve.lines().get(i).name(), "x", 40.0, "y", middle + 4).close();
    }
    html.open("g", "transform", "translate(0 " + Numbers.coordinate(top) + ")");
    LineChart.draw(curve, html);
    html.closeLine();
    String box = Numbers.coordinate(WIDTH) + " " + Numbers.coordinate(CHART + top);
    String head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s\">\n".formatted(box);
    return head + STYLE + html + "</svg>\n";
  }
}
