package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.SmallForm;

/** The row of the self-edits that the policy finds most likely. */
@Tag("slow")
class MostLikelyTest {
  @TempDir Path temp;

  private Path run(String... more) {
    Path folder = temp.resolve("run" + more.length);
    List<String> line = new ArrayList<>(List.of("run", "arc-smoke", "--out=" + folder));
    line.addAll(
        SmallForm.options("arc-smoke", "evaluate.contexts=4", "evaluate.editsPerContext=3"));
    line.addAll(List.of(more));
    SealCommand.run(temp.resolve("home"), line);
    return folder;
  }

  @Test
  void every_task_has_one_self_edit_trained_several_times() {
    Path run = run();
    List<EditRow> rows =
        Journal.readEdits(run).stream()
            .filter(row -> row.key().phase().equals(MostLikely.PHASE))
            .toList();
    assertThat(rows).hasSize(4 * 3);
    Map<String, List<EditRow>> byTask =
        rows.stream().collect(Collectors.groupingBy(row -> row.key().contextId()));
    assertThat(byTask.values())
        .hasSize(4)
        .allSatisfy(
            of -> {
              assertThat(of)
                  .extracting(row -> row.draft().edit())
                  .containsOnly(of.get(0).draft().edit());
              assertThat(of)
                  .extracting(row -> row.outcome().negLogLikelihood())
                  .doesNotHaveDuplicates();
            });
    JsonNode summary = ProvenJson.read(run.resolve("summary.json"), JsonNode.class);
    assertThat(summary.path("conditions").findValuesAsText("name"))
        .containsSubsequence("round 2", "round 2, most likely", "fixed good configuration");
  }

  @Test
  void it_is_left_out_where_the_policy_may_write_what_is_no_self_edit() {
    assertThat(Journal.readEdits(run("--set=policy.grammar=false")))
        .noneMatch(row -> row.key().phase().equals(MostLikely.PHASE));
  }
}
