package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.RowLog;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;

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

  @Test
  void an_arm_has_the_rows_it_has_alone_beside_one_that_trains_alike() throws IOException {
    String rounds = "--set=loop.rounds=2";
    Path both = own.resolve("both");
    String arms = "--set=arms=[%s, %s]".formatted(arm("first", "restem"), arm("second", "dpo"));
    seal(0, both, rounds, arms);
    Path alone = own.resolve("alone");
    seal(0, alone, rounds, "--set=arms=[" + arm("second", "dpo") + "]");
    assertThat(Journal.readEdits(both.resolve("arms/second")))
        .isEqualTo(Journal.readEdits(alone.resolve("arms/second")))
        .isNotEqualTo(Journal.readEdits(both.resolve("arms/first")));
    for (String log : List.of("studied.arrows", "learning.arrows")) {
      assertThat(RowLog.read(both.resolve("arms/second").resolve(log)).rows())
          .isEqualTo(RowLog.read(alone.resolve("arms/second").resolve(log)).rows());
    }
  }

  /** Of four self-edits of a passage two are trained to their end; one of these is chosen. */
  @Test
  void with_halving_a_run_that_was_killed_amid_a_passage_goes_on_to_the_same_bytes()
      throws IOException {
    String arms = "--set=arms=[%s]".formatted(arm("halved", "null"));
    String halving = "--set=study.halving={after: [1], keep: 0.5}";
    String edits = "--set=loop.editsPerContext=4";
    Path run = own.resolve("run");
    seal(0, run, "--workers=2", arms, halving, edits);
    Path arm = run.resolve("arms/halved");
    List<EditRow> train =
        Journal.readEdits(arm).stream().filter(row -> row.key().phase().equals("train")).toList();
    assertThat(train.stream().filter(EditRow::isExamined)).hasSize(2);
    assertThat(train.stream().filter(row -> row.outcome().stopped()))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.outcome().training().steps()).isEqualTo(1));
    assertThat(run.resolve("report.html"))
        .content()
        .contains("1 of 4 self-edits chosen, 2 trained but a part of the way");
    Path killed = own.resolve("killed");
    copy(run, killed);
    for (String gone : List.of("summary.json", "report.html", "answers.arrow", "SHA256SUMS")) {
      Files.delete(killed.resolve(gone));
    }
    Files.delete(killed.resolve("arms/halved/round-1.safetensors"));
    int kept = Journal.readEdits(arm).indexOf(train.get(2));
    cut(killed.resolve("arms/halved/edits.arrows"), kept);
    cut(killed.resolve("arms/halved/studied.arrows"), kept);
    study.said(0, List.of("run", "--resume=" + killed));
    for (String file : List.of("edits.arrows", "studied.arrows", "learning.arrows")) {
      assertThat(killed.resolve("arms/halved").resolve(file))
          .hasSameBinaryContentAs(arm.resolve(file));
    }
  }

  /** Leaves the first rows of a log, and a torn one behind them. */
  private static void cut(Path log, int rows) throws IOException {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      while (RowLog.read(log).rows().size() > rows) {
        file.truncate(file.size() - 64);
      }
    }
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
    String halving = "--set=study.halving={after: [1], keep: 0.5}";
    assertThat(seal(2, own.resolve("h"), halving, "--set=arms=[" + arm("one", "dpo") + "]"))
        .contains("arm 'one' learns by comparing all self-edits of a passage");
    assertThat(seal(2, own.resolve("i"), halving.replace("1", "2")))
        .contains("study.halving.after has 2, but an adapter of arm 'implications' takes 2 steps");
    assertThat(seal(2, own.resolve("j"), halving, "--set=loop.ranking=reward"))
        .contains("but loop.ranking is reward; set it to likelihood");
    assertThat(seal(2, own.resolve("k"), halving, "--set=loop.keep=2"))
        .contains("study.halving leaves 1 of the 2 self-edits of a passage, but loop.keep is 2");
    assertThat(seal(2, own.resolve("l"), halving, "--set=inner.trials.count=2"))
        .contains("but inner.trials.count is 2; set it to 1");
    assertThat(seal(2, own.resolve("m"), halving.replace("0.5", "1")))
        .contains("halving.keep must be above 0 and below 1 but was 1.0");
    String still = arm("still", "dpo").replace("reinforced: true", "reinforced: false");
    assertThat(seal(2, own.resolve("g"), "--set=arms=[" + still + "]"))
        .contains("arm 'still' has a way to learn, dpo, but is not reinforced");
  }
}
