package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;

/** The kind {@code study} in small: a random model, eight articles, one round. */
@Tag("slow")
class StudyTest {
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

  @Test
  void every_arm_is_a_row_and_those_that_are_reinforced_have_one_for_each_round()
      throws IOException {
    Path run = own.resolve("run");
    String said = seal(0, run, "--workers=1");
    assertThat(said).contains("8 passages of 8 articles: 2 articles for the loop");
    assertThat(said).contains("examined are 2 passages of as many titles, with 2 questions");
    List<Row> measures = ArrowTable.read(run.resolve("measures.arrow")).rows();
    assertThat(measures.stream().map(row -> row.string("condition")))
        .contains(
            "base", "in context", "passage", "implications", "implications, round 1", "rewrite");
    assertThat(measures.stream().filter(row -> row.string("condition").equals("passage")))
        .singleElement()
        .satisfies(row -> assertThat(row.float64("steps")).isEqualTo(2));
    assertThat(run.resolve("report.html"))
        .content()
        .contains("Rows in more measures", "Recall and F1 over training tokens", "<h2>Cost</h2>")
        .contains("Self-edits that won", "implications, round 1: 1 of 2 self-edits chosen")
        .contains("Luck in the rewards of chosen self-edits", "<h2>Contamination</h2>")
        .contains("Alike within ± 3 points", "<h2>Power</h2>", "<h2>Noise</h2>")
        .contains("no other run in the same folder was examined on them");
    costs_and_general_ability_stand_beside_each_row(measures);
    each_edit_has_a_row_of_what_it_was_trained_on(run);
    Path again = own.resolve("again");
    seal(0, again, "--workers=2");
    assertThat(again.resolve("report.html"))
        .content()
        .contains("1 other in the same folder: run (");
    for (String file :
        List.of(
            "answers.arrow",
            "measures.arrow",
            "power.arrow",
            "arms/implications/studied.arrows",
            "arms/implications/general/edits.arrows",
            "arms/implications/edits.arrows",
            "arms/passage+distill/edits.arrows")) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  private static void costs_and_general_ability_stand_beside_each_row(List<Row> measures) {
    for (Row row : measures) {
      String condition = row.string("condition");
      boolean trained = !condition.equals("base") && !condition.equals("in context");
      // of the questions of a random model none may be of use
      if (!condition.equals("self-qa") && !condition.startsWith("distill")) {
        assertThat(row.float64("tokens") > 0).as(condition).isEqualTo(trained);
      }
      assertThat(row.int64("loop_tokens") > 0)
          .as(condition)
          .isEqualTo(condition.endsWith("round 1"));
      assertThat(row.isNull("general_perplexity"))
          .as(condition)
          .isEqualTo(condition.equals("in context"));
      if (trained) {
        assertThat(row.int32("general_adapters")).as(condition).isBetween(1, 2);
      }
    }
  }

  private static void each_edit_has_a_row_of_what_it_was_trained_on(Path run) {
    Path arm = run.resolve("arms/implications");
    List<EditRow> edits = Journal.readEdits(arm);
    assertThat(edits.stream().filter(row -> row.key().phase().equals("reexamined")))
        .singleElement()
        .satisfies(again -> a_chosen_edit_is_trained_otherwise_the_second_time(again, edits));
    List<Row> studied = RowLog.read(arm.resolve("studied.arrows")).rows();
    List<EditRow> evaluated = edits.stream().filter(row -> row.draft().reason().isEmpty()).toList();
    assertThat(studied.stream().map(row -> row.string("context_id")).toList())
        .isEqualTo(evaluated.stream().map(row -> row.key().contextId()).toList());
  }

  private static void a_chosen_edit_is_trained_otherwise_the_second_time(
      EditRow again, List<EditRow> edits) {
    EditRow first =
        edits.stream()
            .filter(row -> row.key().phase().equals("train"))
            .filter(row -> row.draft().edit().equals(again.draft().edit()))
            .filter(row -> row.key().index() == again.key().index())
            .findFirst()
            .orElseThrow();
    assertThat(again.key().contextId()).isEqualTo(first.key().contextId());
    assertThat(again.outcome().negLogLikelihood()).isNotEqualTo(first.outcome().negLogLikelihood());
  }

  @Test
  void a_single_title_can_show_no_difference() {
    Path run = own.resolve("one");
    String said =
        seal(
            0,
            run,
            "--workers=1",
            "--set=evaluate.contexts=1",
            "--set=arms=[{name: passage, writing: nothing, passage: true, targets: null, steps: null,"
                + " batch: 1, learningRate: null, reinforced: false}]");
    assertThat(said)
        .contains("1 title with about 1 question each and 1 self-edit a row can show")
        .contains("a difference of no size with probability .8");
    assertThat(run.resolve("report.html"))
        .content()
        .contains("1 title (this run)")
        .doesNotContain("Self-edits that won", "Luck in the rewards");
  }

  @Test
  void what_cannot_be_is_refused_in_one_sentence() {
    assertThat(seal(2, own.resolve("a"), "--set=data.passages=[]"))
        .contains("data.passages names nothing: name files of passages with --set");
    assertThat(seal(2, own.resolve("b"), "--set=data.questions=9"))
        .contains("no passage of data.passages has at least 9 questions");
    assertThat(seal(2, own.resolve("c"), "--set=loop.contextsPerRound=9"))
        .contains("need 9, but the articles for the loop have 2; raise data.loop");
    assertThat(seal(2, own.resolve("d"), "--set=inner.batch=1"))
        .contains("arm 'self-qa': batch is 1, but the passage takes one place of it");
    assertThat(seal(2, own.resolve("e"), "--set=evaluate.general=-1"))
        .contains("evaluate.general must be >= 0 but was -1");
    assertThat(seal(2, own.resolve("f"), "--set=loop.reexamine=-1"))
        .contains("loop.reexamine must be >= 0 but was -1");
    assertThat(seal(2, own.resolve("h"), "--set=arms=[" + arm("in-context", "null") + "]"))
        .contains("an arm cannot be called 'in-context'");
    assertThat(
            seal(
                2,
                own.resolve("i"),
                "--set=arms=[" + arm("one", "grpo") + "]",
                "--set=loop.editsPerContext=1"))
        .contains("arm 'one' learns by comparing self-edits", "loop.editsPerContext is 1");
    assertThat(seal(2, own.resolve("j"), "--set=inner.learningRate=-1"))
        .contains("in 'inner': learningRate must be finite and > 0 but was -1.0");
    assertThat(seal(2, own.resolve("k"), "--set=study.likeliest=99999"))
        .contains("study.likeliest must be in 1 to 1000 but was 99999");
    assertThat(seal(2, own.resolve("g"), "--set=noise.edits=2"))
        .contains("noise.titles, edits, repeats and questions must be in [0, 1] but one is 2.0");
  }

  private static String arm(String name, String learning) {
    return ("{name: %s, writing: implications, passage: true, targets: null, steps: null, batch: 2,"
            + " learningRate: null, reinforced: true, learning: %s}")
        .formatted(name, learning);
  }
}
