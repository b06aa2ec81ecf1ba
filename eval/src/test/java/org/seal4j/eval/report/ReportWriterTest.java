package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.eval.stats.Proportion;
import org.w3c.dom.Element;

class ReportWriterTest {
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
    Element page = Page.parse(new String(first, StandardCharsets.UTF_8));
    assertThat(page.getTagName()).isEqualTo("html");
  }

  @Test
  void a_page_needs_nothing_outside_itself() throws Exception {
    String html = ReportWriter.html(SampleReport.report());
    assertThat(html).doesNotContain("http:", "https:", "//", "url(", "@import", "src=");
    for (Element element : Page.elements(html)) {
      assertThat(element.getTagName()).isNotIn("script", "link", "img", "iframe", "object", "base");
      assertThat(element.getAttribute("href")).matches("|\\./[a-z./]+");
    }
  }

  @Test
  void every_part_of_a_report_is_on_the_page_in_order() throws Exception {
    Report report = SampleReport.report();
    String text = Page.parse(ReportWriter.html(report)).getTextContent();
    assertThat(text).contains(report.title(), report.headline(), "+28.1", "+17.7 to +38.5");
    for (List<Fact> facts :
        List.of(SampleReport.FACTS, SampleReport.SETTINGS, SampleReport.FILES)) {
      facts.forEach(fact -> assertThat(text).contains(fact.name(), fact.value()));
    }
    assertThat(text)
        .containsSubsequence(
            "36.2 – 55.8",
            "Loss of the M-step",
            "53 → 90 → 98 %",
            "learning_rate",
            "no protection",
            "shift-up/17",
            "On what does Vera Quinn make music?",
            "What was run",
            "Settings and seeds",
            "Files");
  }

  @Test
  void a_page_of_the_table_alone_has_one_heading() throws Exception {
    Condition only = Condition.of("only", new Proportion(1, 2));
    Results results = new Results("pairs", List.of(only), List.of());
    String html = ReportWriter.html(new Report("small", "", results, List.of()));
    assertThat(html).containsOnlyOnce("<h2>").contains("<h2>Results</h2>").doesNotContain("points");
  }

  @Test
  void a_page_is_written_into_its_folder(@TempDir Path folder) throws Exception {
    ReportWriter.write(SampleReport.report(), folder.resolve("report.html"));
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("report.html");
    }
  }
}
