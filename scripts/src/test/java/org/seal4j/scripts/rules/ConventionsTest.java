package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.seal4j.scripts.Repository;

/** What the compiler does not see: the length of files, work left undone, foreign folders. */
class ConventionsTest {
  private static final int WISHED_LINES = 250;
  private static final int MOST_LINES = 400;

  /** Split so that this file does not find itself. */
  private static final Pattern UNDONE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  @Test
  void java_files_are_short_enough_to_read_in_one_sitting() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Repository.files(".java")) {
      int lines = Files.readAllLines(file).size();
      String said = Repository.root().relativize(file) + ": " + lines + " lines";
      if (lines > WISHED_LINES) {
        System.out.println(said + ", more than the wished " + WISHED_LINES);
      }
      if (lines > MOST_LINES) {
        tooLong.add(said);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void no_work_is_left_undone_in_the_sources() throws IOException {
    List<String> undone = new ArrayList<>();
    for (Path file : Repository.files(".java", ".yaml", ".md", ".xml", ".sh")) {
      if (UNDONE.matcher(Files.readString(file)).find()) {
        undone.add(Repository.root().relativize(file).toString());
      }
    }
    assertThat(undone).isEmpty();
  }

  @Test
  void every_decision_is_half_a_page_with_context_choice_and_price() throws IOException {
    List<Path> decisions =
        Repository.files(".md").stream()
            .filter(f -> f.getParent().endsWith("docs/decisions"))
            .toList();
    assertThat(decisions).isNotEmpty();
    for (Path decision : decisions) {
      assertThat(Files.readString(decision))
          .as(decision.getFileName().toString())
          .contains("## Context", "## Choice", "## Price");
      assertThat(Files.readAllLines(decision)).as(decision.toString()).hasSizeLessThanOrEqualTo(40);
      assertThat(decision.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
    }
  }
}
