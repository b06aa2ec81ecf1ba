package org.seal4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.check.InputException;
import org.seal4j.eval.report.Condition;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Html;
import org.seal4j.eval.report.Report;
import org.seal4j.eval.report.ReportWriter;
import org.seal4j.eval.report.Results;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.Proportion;

/** A section as an experiment outside the package writes it. */
class OutsideSectionTest {
  @TempDir Path folder;

  /** The cost of a run. */
  private record Costs(double hours, String machine) implements Section {
    @Override
    public String title() {
      return "Costs & prices";
    }

    @Override
    public void write(Html html) {
      html.open("table", "class", "settings").open("tr").leaf("th", machine, "scope", "row");
      html.leaf("td", hours + " h", "class", "num").close().close();
      html.open("svg", "viewBox", "0 0 10 10").shape("rect", "width", hours, "height", 1).close();
    }
  }

  @Test
  void a_section_from_outside_stands_on_the_page_where_the_report_puts_it() throws Exception {
    String html =
        page(new Costs(1.5, "<b>GPU</b>"), Sections.run(List.of(new Fact("model", "none"))));
    assertThat(html)
        .contains(
            "<section><h2>Costs &amp; prices</h2><table class=\"settings\"><tr>"
                + "<th scope=\"row\">&lt;b&gt;GPU&lt;/b&gt;</th><td class=\"num\">1.5 h</td>"
                + "</tr></table><svg viewBox=\"0 0 10 10\"><rect width=\"1.5\" height=\"1\"/></svg>"
                + "</section>\n<section><h2>What was run</h2>");
  }

  static Stream<Consumer<Html>> forbidden() {
    return Stream.of(
        html -> html.open("script"),
        html -> html.leaf("style", "p {}"),
        html -> html.leaf("p><script", ""),
        html -> html.shape("img", "src", "x"),
        html -> html.leaf("p", "", "onclick", "alert(1)"),
        html -> html.leaf("p", "", "x=\"\" onclick", "alert(1)"),
        html -> html.leaf("p", "", "style", "color: red"),
        html -> html.leaf("a", "", "href", "javascript:alert(1)"),
        html -> html.leaf("a", "", "href", "//elsewhere/x"),
        html -> html.leaf("p", "", "class"));
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void what_could_run_or_load_something_is_refused(Consumer<Html> body) {
    assertThatThrownBy(() -> page(Section.of("Forbidden", body)))
        .isInstanceOf(InputException.class);
  }

  @Test
  void a_section_closes_what_it_opens_and_nothing_else() {
    assertThatThrownBy(() -> page(Section.of("Open", html -> html.open("p"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("section 'Open' left elements open: [p]");
    assertThatThrownBy(() -> page(Section.of("Closed", Html::close)))
        .isInstanceOf(InputException.class);
  }

  /** The law behind the other tests: no public way takes text that is not escaped. */
  @Test
  void the_writer_offers_elements_and_text_and_cannot_be_made_or_extended_outside() {
    assertThat(Html.class.getConstructors()).isEmpty();
    assertThat(Modifier.isFinal(Html.class.getModifiers())).isTrue();
    assertThat(
            Stream.of(Html.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getName()))
        .containsExactlyInAnyOrder(
            "open", "close", "closeLine", "text", "leaf", "shape", "note", "toString");
  }

  private String page(Section... sections) throws Exception {
    Condition only = Condition.of("only", new Proportion(1, 2));
    Results results = new Results("pairs", List.of(only), List.of());
    Path file = folder.resolve("report.html");
    ReportWriter.write(new Report("outside", "", results, List.of(sections)), file);
    return Files.readString(file);
  }
}
