package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportWriterTest {
  private static final String HOSTILE =
      "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;</style>]]>{{x}}";

  /** Also leaves a page to look at. */
  @Test
  void a_page_is_well_formed_and_the_same_bytes_each_time() throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "sample-report"));
    Report report = SampleReport.report();
    ReportWriter.write(report, folder.resolve("report.html"));
    byte[] first = Files.readAllBytes(folder.resolve("report.html"));
    ReportWriter.write(report, folder.resolve("report.html"));
    assertThat(Files.readAllBytes(folder.resolve("report.html"))).isEqualTo(first);
    assertThat(first.length).isLessThan(400_000);
    Element page = parse(new String(first, StandardCharsets.UTF_8));
    assertThat(page.getTagName()).isEqualTo("html");
  }

  @Test
  void a_page_needs_nothing_outside_itself() throws Exception {
    String html = ReportWriter.html(SampleReport.report());
    assertThat(html).doesNotContain("http:", "https:", "//", "url(", "@import", "src=");
    for (Element element : elements(parse(html))) {
      assertThat(element.getTagName()).isNotIn("script", "link", "img", "iframe", "object", "base");
      assertThat(element.getAttribute("href")).matches("|\\./[a-z./]+");
    }
  }

  @Test
  void every_part_of_a_report_is_on_the_page() throws Exception {
    Report report = SampleReport.report();
    String text = parse(ReportWriter.html(report)).getTextContent();
    assertThat(text).contains(report.title(), report.headline(), "+28.1", "+17.7 to +38.5");
    report.facts().forEach(fact -> assertThat(text).contains(fact.name(), fact.value()));
    report.settings().forEach(fact -> assertThat(text).contains(fact.name(), fact.value()));
    report.files().forEach(fact -> assertThat(text).contains(fact.name(), fact.value()));
    report.curves().forEach(curve -> assertThat(text).contains(curve.title(), curve.xLabel()));
    report.tasks().forEach(task -> assertThat(text).contains(task.task().id()));
    assertThat(text).contains("36.2 – 55.8", "53 → 90 → 98 %", "learning_rate");
  }

  @Test
  void hostile_text_stays_text_wherever_it_stands() throws Exception {
    String html = ReportWriter.html(hostile());
    Element page = parse(html);
    for (Element element : elements(page)) {
      assertThat(element.getTagName()).isNotIn("script", "img");
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        assertThat(attributes.item(i).getNodeName()).doesNotStartWith("on");
      }
    }
    assertThat(html).doesNotContain("<script", "<img");
    int copies = page.getTextContent().split(java.util.regex.Pattern.quote(HOSTILE), -1).length - 1;
    assertThat(copies).isGreaterThanOrEqualTo(20);
  }

  @Test
  void a_file_name_cannot_become_an_address_elsewhere() throws Exception {
    for (String name : List.of("javascript:alert(1)", "//evil/x", "a b&c.arrow", "x\u0000?#y")) {
      Report report = small().withFiles(List.of(new Fact(name, "")));
      for (Element element : elements(parse(ReportWriter.html(report)))) {
        assertThat(element.getAttribute("href")).matches("|\\./[^ ?#\\u0000]*");
      }
    }
  }

  @Test
  void empty_parts_leave_no_heading() throws Exception {
    String text = parse(ReportWriter.html(small())).getTextContent();
    assertThat(text).contains("Results");
    assertThat(text).doesNotContain("Curves", "Tasks", "Files", "Settings", "What the", "points");
  }

  @Test
  void right_and_wrong_attempts_are_told_apart() throws Exception {
    String html = ReportWriter.html(small().withTasks(List.of(picture("id"))));
    assertThat(html).contains("<figure class=\"right\">", "<figure class=\"wrong\">", "✓", "✗");
    assertThat(html.split("class=\"hit\"", -1)).hasSize(2);
    assertThat(html.split("class=\"miss\"", -1)).hasSize(3);
  }

  @Test
  void a_page_is_written_into_its_folder(@TempDir Path folder) throws Exception {
    ReportWriter.write(small(), folder.resolve("report.html"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("report.html");
    }
  }

  private static Report small() {
    Condition only = Condition.of("only", new Proportion(1, 2));
    return Report.of("small", new Results("pairs", List.of(only), List.of()));
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

  private static Report hostile() {
    Condition a = Condition.of(HOSTILE, new Proportion(1, 2));
    Condition b = Condition.of(HOSTILE + "b", new Proportion(1, 2));
    Estimate none = new Estimate(0, 0.1, new Interval(-0.1, 0.1), 2);
    Comparison comparison = new Comparison(HOSTILE, HOSTILE + "b", none);
    List<Fact> facts = List.of(new Fact(HOSTILE, HOSTILE));
    Line line = new Line(HOSTILE, List.of(new Point(0, 0)));
    Setting setting = new Setting(HOSTILE, List.of(new Choice(HOSTILE, List.of(0.5))));
    return Report.of(HOSTILE, new Results(HOSTILE, List.of(a, b), List.of(comparison)))
        .withHeadline(HOSTILE)
        .withFacts(facts)
        .withCurves(List.of(new Curve(HOSTILE, HOSTILE, HOSTILE, List.of(line))))
        .withPreferences(new Preferences(List.of(HOSTILE), List.of(setting)))
        .withTasks(List.of(picture(HOSTILE)))
        .withSettings(facts)
        .withFiles(facts);
  }

  private static List<Element> elements(Element root) {
    NodeList nodes = root.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Element parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)))
        .getDocumentElement();
  }
}
