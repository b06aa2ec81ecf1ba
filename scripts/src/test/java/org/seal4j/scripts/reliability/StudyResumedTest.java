package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.RowLog;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.train.SmallModel;

/**
 * A run of kind {@code study} that was killed goes on to the same bytes: its journal, the log of
 * what was trained on, which is one row ahead, and the journal of the general questions.
 */
@Tag("slow")
class StudyResumedTest {
  private static final Path DATA = Path.of("scripts/src/test/resources/recipe-rows/data");

  @TempDir static Path temp;
  private static Product product;
  private static Path run;

  @BeforeAll
  static void make_a_run() {
    product = Product.at(temp.resolve("home"));
    Path model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    run = temp.resolve("run");
    List<Object> line = new ArrayList<>(List.of("run", "squad-smollm", "--out=" + run, "--quiet"));
    Path passages = Repository.root().resolve(DATA).resolve("passages.json");
    line.add("--set=model.path=" + model);
    line.add("--set=data.passages=['" + passages + "']");
    line.add(
        "--set=arms=[{name: implications, writing: implications, passage: true, targets: null,"
            + " steps: null, batch: 2, learningRate: null, reinforced: true}]");
    for (String key :
        List.of(
            "data.questions=1",
            "study.steps=2",
            "inner.lora.rank=2",
            "learn.lora.rank=2",
            "learn.epochs=1",
            "answer.maxTokens=3",
            "policy.maxNewTokens=12",
            "loop.rounds=1",
            "loop.contextsPerRound=2",
            "loop.editsPerContext=2",
            "loop.maxResamples=4",
            "policy.temperature=1.5",
            "loop.reexamine=2",
            "evaluate.contexts=2",
            "evaluate.general=1")) {
      line.add("--set=" + key);
    }
    product.run(line.toArray()).done();
  }

  /** The run as it was when this row of the arm's journal was the last. */
  private static Path killedAfter(String name, String phase) {
    Path half = Cases.copy(run, temp.resolve(name));
    Path arm = half.resolve("arms/implications");
    int rows = 0;
    int evaluated = 0;
    assertThat(Journal.readEdits(arm)).anyMatch(row -> row.key().phase().equals(phase));
    for (EditRow row : Journal.readEdits(arm)) {
      rows++;
      evaluated += row.draft().reason().isEmpty() ? 1 : 0;
      if (row.key().phase().equals(phase)) {
        break;
      }
    }
    HalfRun.keepRows(arm.resolve("edits.arrows"), rows);
    int studied = RowLog.read(arm.resolve("studied.arrows")).rows().size();
    HalfRun.keepRows(arm.resolve("studied.arrows"), Math.min(studied, evaluated + 1));
    if (phase.equals("before")) {
      HalfRun.keepRows(arm.resolve("general/edits.arrows"), 0);
    }
    delete(arm.resolve("round-1.safetensors"));
    HalfRun.keepRows(arm.resolve("learning.arrows"), 0);
    for (String last :
        List.of("SHA256SUMS", "summary.json", "timings.json", "report.html", "answers.arrow")) {
      delete(half.resolve(last));
    }
    delete(half.resolve("measures.arrow"));
    return half;
  }

  private static void delete(Path file) {
    try (Stream<Path> all = Files.exists(file) ? Files.walk(file) : Stream.empty()) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_run_killed_before_its_round_goes_on_to_the_same_bytes() {
    goes_on(killedAfter("early", "before"));
  }

  @Test
  void a_run_killed_while_chosen_edits_were_examined_again_goes_on_to_the_same_bytes() {
    goes_on(killedAfter("late", "reexamined"));
  }

  private static void goes_on(Path half) {
    product.run("run", "--resume", half, "--quiet").done();
    assertThat(RunBytes.of(half)).isEqualTo(RunBytes.of(run));
    assertThat(RunBytes.of(half))
        .containsKeys("arms/implications/studied.arrows", "arms/implications/general/edits.arrows");
    product.run("verify", half).done();
  }

  @Test
  void a_log_of_another_run_is_refused() {
    Path half = killedAfter("foreign", "reexamined");
    String studied = "arms/implications/studied.arrows";
    Cases.copyFile(run.resolve(studied), half.resolve(studied));
    HalfRun.keepRows(half.resolve(studied), 1);
    product
        .run("run", "--resume", half, "--quiet")
        .refused("evaluated edits, but the log of what they were trained on has 1 rows");
  }
}
