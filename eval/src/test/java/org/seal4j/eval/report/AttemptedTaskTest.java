package org.seal4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.file.Proof;
import org.seal4j.eval.arc.Ballot;

class AttemptedTaskTest {
  private static final Grid RIGHT = Grid.parse("12/34");
  private static final Grid WRONG = Grid.parse("56/78");

  private static AttemptedTask task(Optional<Grid> truth) {
    return new AttemptedTask(
        "a<b",
        "family",
        List.of(new GridPair(WRONG, RIGHT)),
        List.of(
            new AttemptedTask.Asked(
                WRONG, truth, List.of(new Ballot(RIGHT, 6, 3, 4), new Ballot(WRONG, 3, 1, 4)), ""),
            new AttemptedTask.Asked(WRONG, truth, List.of(), "Not attempted: too large.")),
        List.of(
            new AttemptedTask.Written(
                "color on",
                "4 steps",
                List.of(
                    new AttemptedTask.Setting(
                        "color",
                        "on",
                        List.of(
                            new AttemptedTask.Option("off", 0.25),
                            new AttemptedTask.Option("on", 0.75)))))));
  }

  private static String page(Path folder, AttemptedTask... tasks) throws Exception {
    Path file = folder.resolve("page.html");
    ReportWriter.writePage(
        "kicker", "title", "headline", List.of(AttemptedTask.section(List.of(tasks))), file);
    Proof.requireFile(file);
    String html = Files.readString(file);
    assertThat(Page.elements(html)).isNotEmpty();
    return html;
  }

  @Test
  void attempts_stand_with_their_share_and_the_verdict_where_the_truth_is_known(
      @TempDir Path folder) throws Exception {
    assertThat(page(folder, task(Optional.of(RIGHT))))
        .contains(
            "a&lt;b",
            "attempt 1: 75 %",
            "3 of 4 answers",
            "attempt 2: 25 %",
            "✓",
            "✗",
            "expected",
            "Test 2",
            "Not attempted: too large.",
            "color on",
            "75 %");
  }

  @Test
  void without_a_truth_there_is_no_verdict(@TempDir Path folder) throws Exception {
    assertThat(page(folder, task(Optional.empty())))
        .contains("attempt 1: 75 %")
        .doesNotContain("✓", "✗", "expected");
  }

  @Test
  void without_tasks_the_section_is_left_out(@TempDir Path folder) throws Exception {
    assertThat(page(folder)).doesNotContain("<h2>Tasks</h2>");
  }
}
