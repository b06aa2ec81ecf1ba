package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;
import org.seal4j.eval.report.Preferences.Choice;
import org.seal4j.eval.report.Preferences.Setting;
import org.seal4j.eval.report.TaskPicture.Produced;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;
import org.seal4j.eval.stats.Proportion;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

class SectionsTest {
  private static final String HOSTILE =
      "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style>]]>{{x}}";

  /** Each section with the hostile text in every place for text, and how many these are. */
  static Stream<Arguments> sections() {
    List<Fact> facts = List.of(new Fact(HOSTILE, HOSTILE));
    Line line = new Line(HOSTILE, List.of(new Point(0, 0)));
    Setting setting = new Setting(HOSTILE, List.of(new Choice(HOSTILE, List.of(0.5))));
    List<List<Optional<Double>>> cells = List.of(List.of(Optional.of(1.0)));
    PassageExample.Answer answer = new PassageExample.Answer(HOSTILE, HOSTILE, HOSTILE, false);
    PassageExample.Produced produced =
        new PassageExample.Produced(HOSTILE, HOSTILE, List.of(answer));
    return Stream.of(
        Arguments.of(new ResultsSection(results()), 6),
        Arguments.of(
            Sections.curves(List.of(new Curve(HOSTILE, HOSTILE, HOSTILE, List.of(line)))), 7),
        Arguments.of(new Preferences(List.of(HOSTILE), List.of(setting)), 3),
        Arguments.of(
            Sections.matrices(
                List.of(new Matrix(HOSTILE, List.of(HOSTILE), List.of(HOSTILE), cells))),
            3),
        Arguments.of(Sections.tasks(List.of(picture(HOSTILE))), 5),
        Arguments.of(
            Sections.passages(List.of(new PassageExample(HOSTILE, HOSTILE, List.of(produced)))), 7),
        Arguments.of(Sections.run(facts), 2),
        Arguments.of(Sections.facts(HOSTILE, facts), 3),
        Arguments.of(Sections.settings(facts), 2),
        Arguments.of(Sections.files(facts), 2));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void hostile_text_stays_text_wherever_it_stands(Section section, int places) throws Exception {
    String html = html(section);
    for (Element element : Page.elements(html)) {
      assertThat(element.getTagName()).isNotIn("script", "img");
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        assertThat(attributes.item(i).getNodeName()).doesNotStartWith("on");
      }
    }
    assertThat(html).doesNotContain("<script", "<img");
    String text = Page.parse(html).getTextContent();
    assertThat(text.split(java.util.regex.Pattern.quote(HOSTILE), -1)).hasSize(places + 1);
  }

  static Stream<Section> emptySections() {
    return Stream.of(
        Sections.curves(List.of()),
        Preferences.none(),
        Sections.matrices(List.of()),
        Sections.tasks(List.of()),
        Sections.passages(List.of()),
        Sections.run(List.of()),
        Sections.facts("Facts", List.of()),
        Sections.settings(List.of()),
        Sections.files(List.of()),
        Section.of("Nothing", html -> {}));
  }

  @ParameterizedTest
  @MethodSource("emptySections")
  void an_empty_section_leaves_no_heading(Section section) {
    Html page = new Html();
    page.section(section);
    assertThat(page.toString()).isEmpty();
  }

  @Test
  void a_title_and_a_headline_stay_text_too() throws Exception {
    String html = ReportWriter.html(new Report(HOSTILE, HOSTILE, results(), List.of()));
    assertThat(html).doesNotContain("<script", "<img");
    String text = Page.parse(html).getTextContent();
    assertThat(text.split(java.util.regex.Pattern.quote(HOSTILE), -1).length)
        .isEqualTo(1 + 3 + 2 + 6);
  }

  @Test
  void a_file_name_cannot_become_an_address_elsewhere() throws Exception {
    for (String name : List.of("javascript:alert(1)", "//evil/x", "a b&c.arrow", "x\u0000?#y")) {
      String html = html(Sections.files(List.of(new Fact(name, ""))));
      for (Element element : Page.elements(html)) {
        assertThat(element.getAttribute("href")).matches("|\\./[^ ?#\\u0000]*");
      }
    }
  }

  @Test
  void right_and_wrong_attempts_are_told_apart() {
    String html = html(Sections.tasks(List.of(picture("id"))));
    assertThat(html).contains("<figure class=\"right\">", "<figure class=\"wrong\">", "✓", "✗");
    assertThat(html.split("class=\"hit\"", -1)).hasSize(2);
    assertThat(html.split("class=\"miss\"", -1)).hasSize(3);
  }

  private static String html(Section section) {
    Html page = new Html();
    page.section(section);
    return page.toString();
  }

  private static Results results() {
    Condition a = Condition.of(HOSTILE, new Proportion(1, 2));
    Condition b = Condition.of(HOSTILE + "b", new Proportion(1, 2));
    Estimate none = new Estimate(0, 0.1, new Interval(-0.1, 0.1), 2);
    Comparison comparison = new Comparison(HOSTILE, HOSTILE + "b", none);
    return new Results(HOSTILE, List.of(a, b), List.of(comparison))
        .withGates(List.of(new Gate(HOSTILE, 0.5, 1, 0.5)));
  }

  private static TaskPicture picture(String text) {
    Grid truth = Grid.parse("12/34");
    Grid wrong = Grid.parse("00/00");
    GridPair pair = new GridPair(wrong, truth);
    return new TaskPicture(
        new ArcTask(text, text + "!", List.of(pair), pair),
        List.of(
            new Produced(text, text, List.of(wrong, truth)),
            new Produced(text, "", List.of(wrong))));
  }
}
