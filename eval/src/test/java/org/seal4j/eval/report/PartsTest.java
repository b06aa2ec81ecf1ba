package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;

class PartsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 20260105L);

  @Test
  void marks_of_an_axis_are_round_few_and_inside() {
    Rng rng = Seeds.of(SEED).child("axis").rng();
    for (int round = 0; round < 500; round++) {
      double scale = Math.pow(10, rng.between(-6, 6));
      double min = scale * (rng.nextDouble() - 0.5);
      double max = min + scale * (rng.nextDouble() + 1e-3);
      for (Axis axis : List.of(Axis.ofValues(min, max), Axis.ofPositions(min, max))) {
        assertThat(axis.marks()).as("seed %d, %s to %s", SEED, min, max).hasSizeBetween(2, 8);
        for (double mark : axis.marks()) {
          assertThat(axis.at(mark)).isBetween(-1e-6, 1 + 1e-6);
        }
        assertThat(axis.marks().stream().map(axis::label)).doesNotHaveDuplicates();
        assertThat(axis.at(min)).isBetween(-1e-6, 1.0);
        assertThat(axis.at(max)).isBetween(0.0, 1 + 1e-6);
      }
    }
  }

  @Test
  void labels_have_the_decimals_they_need() {
    assertThat(labels(Axis.ofValues(0.1, 0.74))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8");
    assertThat(labels(Axis.ofPositions(0, 2))).containsExactly("0", "1", "2");
    assertThat(labels(Axis.ofPositions(0, 11_000)))
        .containsExactly("0", "2k", "4k", "6k", "8k", "10k");
    assertThat(labels(Axis.ofPositions(3, 3))).containsExactly("3", "4");
    assertThat(labels(Axis.ofValues(0, 0))).hasSizeGreaterThan(1);
  }

  @Test
  void a_long_series_is_drawn_as_means_and_a_short_one_as_it_is() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      values.add(3.0 * i + 1);
    }
    List<Point> means = Line.of("long", values).points();
    assertThat(means).hasSize(200).startsWith(new Point(12, 37));
    assertThat(means).allSatisfy(p -> assertThat(p.y()).isEqualTo(3 * p.x() + 1));
    assertThat(Line.of("ragged", values.subList(0, 4001)).points())
        .hasSize(191)
        .endsWith(new Point(3995.0, 3 * 3995.0 + 1));
    List<Point> all = Line.of("short", values.subList(0, 200)).points();
    assertThat(all).hasSize(200).endsWith(new Point(199, 598));
  }

  @Test
  void a_grid_is_drawn_cell_by_cell_in_the_arc_palette() {
    Html html = new Html();
    GridSvg.write(html, Grid.parse("110/022"));
    assertThat(html.toString())
        .contains("viewBox=\"0 0 3 2\"", "<title>110/022</title>")
        .contains("<path fill=\"#0074d9\" d=\"M0 0h2v1H0z\"/>")
        .contains("<path fill=\"#ff4136\" d=\"M1 1h2v1H1z\"/>");
  }

  @Test
  void text_of_any_kind_is_escaped() {
    assertThat(Html.escape("a<b>&\"'")).isEqualTo("a&lt;b&gt;&amp;&quot;&#39;");
    assertThat(Html.escape("\u0000\u001b\ud800\ufffe\u0085")).isEqualTo("\ufffd".repeat(5));
    assertThat(Html.escape("grün → 😀\n")).isEqualTo("grün → 😀\n");
  }

  @Test
  void an_element_left_open_is_noticed() {
    assertThatThrownBy(() -> new Html().open("p").toString()).isInstanceOf(InputException.class);
  }

  @Test
  void figures_are_written_in_no_locale() {
    assertThat(Numbers.percent(0.4583)).isEqualTo("45.8 %");
    assertThat(Numbers.signedPoints(-0.0001)).isEqualTo("0.0");
    assertThat(Numbers.signedPoints(-0.021)).isEqualTo("−2.1");
    assertThat(Numbers.coordinate(1.0)).isEqualTo("1");
    assertThat(Numbers.coordinate(-0.001)).isEqualTo("0");
    assertThat(Numbers.coordinate(10.5)).isEqualTo("10.5");
  }

  @Test
  void curves_that_cannot_be_drawn_are_refused() {
    assertThatThrownBy(() -> new Point(0, Double.NaN)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new Line("empty", List.of())).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Line.of("empty", List.of())).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new Line("back", List.of(new Point(1, 0), new Point(0, 0))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("back");
    assertThatThrownBy(() -> new Curve("no line", "x", "y", List.of()))
        .isInstanceOf(InputException.class);
  }

  private static List<String> labels(Axis axis) {
    return axis.marks().stream().map(axis::label).toList();
  }
}
