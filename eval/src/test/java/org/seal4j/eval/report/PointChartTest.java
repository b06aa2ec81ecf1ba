package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.report.PointChart.Point;
import org.w3c.dom.Element;

class PointChartTest {
  private static String drawn(List<Point> points) {
    Html html = new Html();
    new PointChart("Worth <and> cost", "tokens", "%", List.of("recall", "F1"), points).write(html);
    return html.toString();
  }

  @Test
  void every_point_has_a_mark_for_each_measure_and_its_name_below() throws Exception {
    String page =
        drawn(
            List.of(
                new Point("base", 0, List.of(1.0, 2.0)),
                new Point("passage <b>", 4000, List.of(30.0, 10.0))));
    List<Element> all = Page.elements(page);
    assertThat(all.stream().filter(e -> e.getTagName().equals("circle"))).hasSize(1 + 2);
    assertThat(all.stream().filter(e -> e.getAttribute("class").equals("hollow"))).hasSize(1 + 2);
    assertThat(all.stream().filter(e -> e.getTagName().equals("li")).map(Element::getTextContent))
        .contains("recall", "F1", "base", "passage <b>");
    assertThat(page).contains("4k").contains("Worth &lt;and&gt; cost");
  }

  @Test
  void numbers_of_points_in_one_place_do_not_cover_each_other() throws Exception {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      points.add(new Point("row " + i, 100, List.of(0.0, 50.0)));
    }
    List<double[]> places = new ArrayList<>();
    for (Element text : Page.elements(drawn(points))) {
      boolean number =
          text.getTagName().equals("text") && text.getAttribute("text-anchor").isEmpty();
      if (number) {
        places.add(
            new double[] {
              Double.parseDouble(text.getAttribute("x")), Double.parseDouble(text.getAttribute("y"))
            });
      }
    }
    assertThat(places).hasSize(14);
    for (int i = 0; i < places.size(); i++) {
      for (int j = 0; j < i; j++) {
        double[] a = places.get(i);
        double[] b = places.get(j);
        assertThat(Math.abs(a[0] - b[0]) >= 12 || Math.abs(a[1] - b[1]) >= 12 - 1e-6).isTrue();
      }
    }
  }

  @Test
  void points_without_a_value_for_each_measure_are_refused() {
    assertThatThrownBy(() -> drawn(List.of(new Point("a", 1, List.of(1.0)))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs a value for each of [recall, F1] but has [1.0]");
    assertThatThrownBy(() -> new Point("a", -1, List.of(1.0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("finite with x >= 0");
    assertThatThrownBy(() -> drawn(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no point");
  }
}
