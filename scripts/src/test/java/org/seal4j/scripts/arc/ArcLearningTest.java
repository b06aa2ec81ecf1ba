package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.SmallForm;

/** Grid tasks with other ways to learn than a recipe's own. */
class ArcLearningTest {
  @TempDir Path temp;

  /** By the likelihood, since a model of this size solves nothing. */
  private void run(String setting, int workers, Path folder) {
    List<String> line = new ArrayList<>(List.of("run", "arc-smoke", "--workers=" + workers));
    line.addAll(SmallForm.options("arc-smoke", setting, "loop.ranking=likelihood"));
    line.add("--out=" + folder);
    SealCommand.run(temp.resolve("home"), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "learning=grpo",
        "learning=dpo",
        "loop.screen={proposals: 3, explore: 0.5}",
        "loop.adapted=start"
      })
  @Tag("slow")
  void a_run_has_the_same_bytes_on_any_number_of_workers_and_after_a_kill(String setting)
      throws IOException {
    Path run = temp.resolve("run");
    run(setting, 1, run);
    List<LearningRow> steps = Journal.readLearning(run);
    assertThat(steps.stream().map(LearningRow::round).distinct()).containsExactly(1, 2);
    if (setting.equals("learning=dpo")) {
      assertThat(steps.get(0).loss()).isCloseTo(Math.log(2), offset(1e-6));
    }
    if (setting.startsWith("loop.screen")) {
      assertThat(run.resolve("report.html"))
          .content()
          .contains("learned reward, round 2", "learned from 4 self-edits: ", "of 2 by chance");
    }
    Path two = temp.resolve("two");
    run(setting, 2, two);
    Path killed = temp.resolve("killed");
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, killed.resolve(run.relativize(file).toString()));
      }
    }
    for (String gone :
        List.of("summary.json", "report.html", "SHA256SUMS", "checkpoints/round-2.safetensors")) {
      Files.delete(killed.resolve(gone));
    }
    SealCommand.run(temp.resolve("home"), List.of("run", "--resume=" + killed));
    for (Path other : List.of(two, killed)) {
      for (String file :
          List.of("edits.arrows", "learning.arrows", "checkpoints/round-2.safetensors")) {
        assertThat(other.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
      }
    }
  }

  @Test
  void a_way_to_learn_that_cannot_be_is_refused_in_one_sentence() {
    assertThatThrownBy(
            () -> Recipes.draft("arc-quick", "learning=dpo", "reinforce=null").bind(ArcKeys.class))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("reinforce is missing, but learning is dpo, which reads it");
    assertThatThrownBy(
            () ->
                Recipes.draft("arc-quick", "learning=grpo", "loop.editsPerContext=1", "loop.keep=1")
                    .bind(ArcKeys.class))
        .hasMessageContaining("learning is grpo, which compares self-edits of a context, but");
    String screen = "loop.screen={proposals: 4, explore: 0.25}";
    assertThatThrownBy(
            () -> Recipes.draft("arc-quick", "learning=grpo", screen).bind(ArcKeys.class))
        .hasMessageContaining("but learning is grpo, which learns from all that the policy writes");
    assertThatThrownBy(
            () -> Recipes.draft("arc-quick", screen.replace("4", "1")).bind(ArcKeys.class))
        .hasMessageContaining("in 'loop.screen': proposals must be in 2 to 1000 but was 1");
    assertThat(Recipes.draft("arc-quick", "reinforce=null").bind(ArcKeys.class).how().reinforce())
        .isNull();
  }
}
