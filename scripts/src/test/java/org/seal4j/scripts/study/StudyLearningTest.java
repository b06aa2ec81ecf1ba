package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.RowLog;

/** Arms of the kind {@code study} that learn by GRPO and DPO. */
@Tag("slow")
class StudyLearningTest {
  @TempDir static Path temp;
  private static SmallStudy study;

  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_passages() throws IOException {
    study = new SmallStudy(temp);
  }

  private static String seal(int expected, Path run, String... more) {
    return study.seal(expected, run, more);
  }

  private static String arm(String name, String learning) {
    return ("{name: %s, writing: implications, passage: true, targets: null, steps: null, batch: 2,"
            + " learningRate: null, reinforced: true, learning: %s}")
        .formatted(name, learning);
  }

  /** Two rounds, so that the second is held near the model of the start. */
  @Test
  void arms_learn_by_grpo_and_dpo_with_the_same_bytes_on_two_threads_and_after_a_kill()
      throws IOException {
    String arms = "--set=arms=[%s, %s]".formatted(arm("by grpo", "grpo"), arm("by dpo", "dpo"));
    String rounds = "--set=loop.rounds=2";
    String edits = "--set=loop.editsPerContext=3";
    Path run = own.resolve("run");
    seal(0, run, "--workers=1", arms, rounds, edits);
    String same = ArrowTable.read(run.resolve("measures.arrow")).rows().toString();
    assertThat(same).contains("by grpo, round 2").contains("by dpo, round 2");
    Path again = own.resolve("again");
    seal(0, again, "--workers=2", arms, rounds, edits);
    Path killed = own.resolve("killed");
    copy(run, killed);
    for (String gone : List.of("summary.json", "report.html", "answers.arrow", "SHA256SUMS")) {
      Files.delete(killed.resolve(gone));
    }
    Files.delete(killed.resolve("arms/by-grpo/round-2.safetensors"));
    Files.delete(killed.resolve("arms/by-dpo/round-1.safetensors"));
    Files.delete(killed.resolve("arms/by-dpo/round-2.safetensors"));
    study.said(0, List.of("run", "--resume=" + killed));
    for (String arm : List.of("arms/by-grpo", "arms/by-dpo")) {
      for (String file :
          List.of(
              "edits.arrows", "learning.arrows", "round-1.safetensors", "round-2.safetensors")) {
        assertThat(killed.resolve(arm).resolve(file))
            .hasSameBinaryContentAs(run.resolve(arm).resolve(file));
      }
      for (String file : List.of("edits.arrows", "learning.arrows")) {
        assertThat(again.resolve(arm).resolve(file))
            .hasSameBinaryContentAs(run.resolve(arm).resolve(file));
      }
    }
    assertThat(RowLog.read(run.resolve("arms/by-dpo/learning.arrows")).rows())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.float64("loss")).isBetween(0.6931, 0.6932));
    assertThat(RowLog.read(run.resolve("arms/by-grpo/learning.arrows")).rows()).hasSize(2);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void a_way_to_learn_that_cannot_be_is_refused_in_one_sentence() {
    assertThat(seal(2, own.resolve("e"), "--set=reinforce.clip=0"))
        .contains("in 'reinforce': clip must be > 0 but was 0.0");
    assertThat(seal(2, own.resolve("f"), "--set=reinforce.batch=0"))
        .contains("reinforce.batch must be >= 1 but was 0");
    String still = arm("still", "dpo").replace("reinforced: true", "reinforced: false");
    assertThat(seal(2, own.resolve("g"), "--set=arms=[" + still + "]"))
        .contains("arm 'still' has a way to learn, dpo, but is not reinforced");
  }
}
