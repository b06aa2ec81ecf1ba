package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.check.InputException;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.table.RowLog;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;
import org.seal4j.model.ModelConfig;
import org.seal4j.rl.study.Answered;
import org.seal4j.rl.study.QuestionKind;
import org.seal4j.rl.study.StudyQuestion;
import org.seal4j.scripts.recipe.RecipeBook;

class AdaptPartsTest {
  @TempDir Path temp;

  @Test
  void methods_are_named_one_by_one_or_joined() {
    assertThat(StudyMethods.read("study.method", "text+distill").all())
        .isEqualTo(Set.of(StudyMethod.TEXT, StudyMethod.DISTILL));
    StudyMethods alone = StudyMethods.read("study.method", "self-qa");
    assertThat(alone.all()).containsExactly(StudyMethod.SELF_QA);
    assertThat(alone.policy()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "policy:runs/a,runs/a,1",
    "text + policy:runs/a + distill,runs/a,3",
    "policy:runs/a+b/c+text,runs/a+b/c,2",
    "text+policy:C:/distill+x,C:/distill+x,2"
  })
  void a_policy_is_named_by_its_path_which_may_hold_a_plus(String text, Path path, int methods) {
    StudyMethods read = StudyMethods.read("study.method", text);
    assertThat(read.policy()).isEqualTo(path);
    assertThat(read.all()).hasSize(methods).contains(StudyMethod.POLICY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "distil",
        "text+",
        "text+text",
        "self-qa+distill",
        "policy",
        "policy:",
        "text+policy:+distill",
        "policy:a+policy:b"
      })
  void other_methods_are_refused_by_key(String method) {
    assertThatThrownBy(() -> StudyMethods.read("study.method", method))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("study.method is '" + method + "'");
  }

  private static StudyQuestion question(String text, int id) {
    SoftTargets teacher =
        new SoftTargets(2, new int[] {id, 1, 4, 2}, new float[] {.7f, .2f, .9f, 1e-6f});
    return new StudyQuestion(
        "a/1",
        QuestionKind.NUMBER,
        text,
        new Answered("in 1902", new int[] {id, 4}, true, teacher),
        id == 8 ? new Answered("It was 1902.", new int[] {5, id}, true, teacher) : null);
  }

  @Test
  void what_was_written_is_read_back_and_an_unfinished_passage_is_left_out() {
    Path file = temp.resolve("writing.arrows");
    WritingLog.Written first =
        new WritingLog.Written(
            List.of(question("When?", 7), question("How many?", 8)),
            List.of("It was."),
            "3 written");
    try (RowLog log = RowLog.open(file, WritingLog.SCHEMA, "")) {
      WritingLog.append(log, "a/1", first, 0);
      WritingLog.append(log, "a/2", new WritingLog.Written(List.of(), List.of(), "none"), 4);
    }
    try (RowLog log = RowLog.open(file, WritingLog.SCHEMA, "")) {
      List<WritingLog.Written> read = WritingLog.read(log, List.of("a/1", "a/2", "a/3"));
      assertThat(read).hasSize(2);
      assertThat(read.get(0).texts()).containsExactly("It was.");
      assertThat(read.get(0).note()).isEqualTo("3 written");
      StudyQuestion question = read.get(0).questions().get(1);
      assertThat(question.text()).isEqualTo("How many?");
      assertThat(question.kind()).isEqualTo(QuestionKind.NUMBER);
      assertThat(question.answer().tokens()).containsExactly(8, 4);
      assertThat(question.answer().teacher()).isNotNull();
      assertThat(question.answer().teacher().ids()).containsExactly(8, 1, 4, 2);
      assertThat(question.answer().teacher().probabilities()).containsExactly(.7f, .2f, .9f, 1e-6f);
      assertThat(question.sentence()).isNotNull();
      assertThat(question.sentence().text()).isEqualTo("It was 1902.");
      assertThat(question.sentence().tokens()).containsExactly(5, 8);
      assertThat(question.sentence().teacher()).isNotNull();
      assertThat(read.get(0).questions().get(0).sentence()).isNull();
      assertThat(AnswerForm.BOTH.of(question)).hasSize(2);
      assertThat(AnswerForm.SENTENCES.of(question)).containsExactly(question.sentence());
      assertThat(AnswerForm.SENTENCES.of(read.get(0).questions().get(0))).hasSize(1);
      assertThat(AnswerForm.SHORT.of(question)).containsExactly(question.answer());
      assertThat(read.get(1).questions()).isEmpty();
      assertThatThrownBy(() -> WritingLog.read(log, List.of("b/1")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("the documents were changed since the run began");
      assertThatThrownBy(
              () ->
                  WritingLog.append(
                      log, "a/1", new WritingLog.Written(List.of(), List.of(), "other"), 0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cannot be resumed here");
    }
  }

  @Test
  void questions_of_the_user_are_read_from_json_lines() throws IOException {
    Path file = temp.resolve("mine.jsonl");
    Files.writeString(
        file,
        """
        {"question": "Who planted it?", "answer": "Maud Ferris"}

        {"question": "What grows?", "answers": ["pears", "quinces"], "id": 4}
        """);
    List<Asked> asked = OwnQuestionsFile.read(file);
    assertThat(asked).extracting(Asked::text).containsExactly("Who planted it?", "What grows?");
    assertThat(asked.get(1).golds()).containsExactly("pears", "quinces");
    Files.writeString(file, "{\"question\": \"Who?\"}\n");
    assertThatThrownBy(() -> OwnQuestionsFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("answer");
    Files.writeString(file, "[{\"question\": \"Who?\", \"answer\": \"Maud\"}]\n");
    assertThatThrownBy(() -> OwnQuestionsFile.read(file))
        .hasMessageContainingAll("is a JSON list", "one object a line");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> OwnQuestionsFile.read(file))
        .hasMessageContaining("has no questions; write one a line");
    String text = "why ".repeat(600);
    Files.writeString(file, "\n{\"question\": \"" + text + "?\", \"answer\": \"no\"}\n");
    assertThatThrownBy(() -> OwnQuestionsFile.read(file))
        .hasMessageContainingAll("line 2: a question of 2401 characters", "2000 are the most");
  }

  @Test
  void reciting_earns_recall_and_no_f1() {
    Asked asked =
        new Asked("", Asked.Origin.OWN, "Who planted the orchard?", List.of("Maud Ferris"));
    assertThat(asked.recall("Maud Ferris")).isEqualTo(1);
    assertThat(asked.f1("Maud Ferris")).isEqualTo(1);
    String recited = "The orchard was planted in 1902 by Maud Ferris and grows pears";
    assertThat(asked.recall(recited)).isEqualTo(1);
    assertThat(asked.f1(recited)).isLessThan(0.4);
    assertThat(asked.recall("word ".repeat(40) + "Maud Ferris")).isZero();
  }

  @Test
  void there_are_forty_general_questions_with_answers() {
    List<Asked> general = GeneralAbility.questions();
    assertThat(general).hasSize(40).allMatch(asked -> asked.text().endsWith("?"));
    assertThat(general).allMatch(asked -> asked.recall(asked.golds().get(0)) == 1);
    assertThat(GeneralAbility.text().split("\n\n")).hasSize(4);
  }

  private static Verdict verdict(double gain, double harm, int general) {
    Estimate estimate = new Estimate(gain, 0.1, new Interval(gain - 0.1, gain + 0.1), 12);
    return new Verdict(Optional.of(estimate), harm, OptionalInt.empty(), 20, general, 0.2);
  }

  @Test
  void an_adapter_that_did_not_help_or_harmed_is_refused_with_figures() {
    assertThat(verdict(0.3, 0.1, 16).refusal()).isEmpty();
    assertThat(verdict(0, 0.1, 20).refusal())
        .contains(
            "the adapter did not help: share of the questions about the documents that are answered"
                + " right without them +0.000, 95 % interval -0.100 to +0.100, n = 12");
    assertThat(verdict(0.3, 0.25, 22).refusal().orElseThrow())
        .contains("rose by 25 %, more than the 20 % of proof.maxHarm");
    assertThat(verdict(0.3, 0.1, 15).refusal().orElseThrow())
        .contains("15 general questions are answered right instead of 20, 25 % fewer");
    assertThat(new Verdict(Optional.empty(), 0, OptionalInt.empty(), 0, 0, 0.2).refusal())
        .isEmpty();
  }

  @Test
  void of_adapters_that_are_kept_apart_it_is_told_which_text_they_read() {
    assertThat(verdict(0.3, 0.1, 16).harmText())
        .isEqualTo(
            "perplexity on a general text +10.0 %; general questions answered right: 20 before, 16"
                + " after");
    assertThat(new Verdict(Optional.empty(), 0.1, OptionalInt.of(1), 20, 16, 0.2).harmText())
        .startsWith(
            "perplexity on a general text +10.0 % (1 of its 4 paragraphs read with the adapters"
                + " that their first sentences are for, the others by the model as it is);"
                + " general");
    Verdict none = new Verdict(Optional.empty(), 0, OptionalInt.of(0), 20, 15, 0.2);
    assertThat(none.harmText())
        .startsWith(
            "perplexity on a general text +0.0 % (no adapter read any of its 4 paragraphs, since"
                + " their first sentences are for none); general");
    assertThat(none.refusal().orElseThrow()).startsWith("the adapters harm what the model could");
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "10m,600", "1.5h,5400", "2 m,120"})
  void a_budget_is_a_time(String text, double seconds) {
    assertThat(Budget.seconds(text)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "ten minutes", "-5m", "0s"})
  void no_time_is_refused(String text) {
    assertThatThrownBy(() -> Budget.seconds(text))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--budget is '" + text + "'");
  }

  private static List<DocumentPassage> passages(int count) {
    List<DocumentPassage> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(new DocumentPassage("a/" + i, "A", "word ".repeat(100).strip(), "a", List.of()));
    }
    return all;
  }

  private static final Effort.Sizes SIZES = new Effort.Sizes(32, 12, 3, 2.5, 0, 3, 1, 1 / 3.0);

  private static Budget.Plan plan(int passages, double seconds) {
    BudgetKeys wanted = new BudgetKeys("15m", passages, 32, 12);
    return Budget.plan(passages(passages), seconds, new MachineSpeed(500), SIZES, wanted);
  }

  @Test
  void a_plan_drops_readings_and_questions_first_and_then_the_last_passages() {
    int readings = Integer.MAX_VALUE;
    int kept = Integer.MAX_VALUE;
    for (double seconds : new double[] {1e5, 650, 500, 330, 200, 120}) {
      Budget.Plan plan = plan(12, seconds);
      assertThat(plan.seconds()).isLessThanOrEqualTo(seconds);
      assertThat(plan.readings()).isLessThanOrEqualTo(readings);
      assertThat(plan.passages()).isLessThanOrEqualTo(kept);
      assertThat(plan.passages() == 12 || plan.readings() == 12).isTrue();
      readings = plan.readings();
      kept = plan.passages();
    }
    assertThat(readings).isEqualTo(12);
    assertThat(kept).isBetween(1, 11);
    assertThat(plan(12, 1e5).sentence())
        .contains("in 15m, 12 of 12 passages, each in 32 of 32 readings", "nothing is dropped");
    assertThat(plan(12, 120).sentence())
        .contains("with at most 4 of 12 questions", "dropped: " + (12 - kept) + " passages");
    assertThatThrownBy(() -> plan(1, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--budget 15m is too short");
  }

  @Test
  void a_time_that_is_too_short_is_refused_with_times_that_are_enough() {
    InputException refusal = catchThrowableOfType(InputException.class, () -> plan(12, 1));
    Matcher named = Pattern.compile("--budget (\\d+[sm])").matcher(refusal.getMessage());
    List<String> times = named.results().map(found -> found.group(1)).toList();
    assertThat(times).hasSize(3);
    assertThat(plan(12, Budget.seconds(times.get(1))).passages()).isBetween(1, 11);
    assertThat(plan(12, Budget.seconds(times.get(2))).passages()).isEqualTo(12);
    assertThat(refusal).hasMessageContaining("the first of 12 passages");
  }

  @Test
  void a_plan_is_made_of_sizes_and_says_in_keys_what_was_wanted() {
    Budget.Plan plan = plan(12, 120);
    assertThat(plan(12, 120)).isEqualTo(plan);
    assertThat(plan.changes())
        .contains(
            "study.readings=12", "budget={time: '15m', passages: 12, readings: 32, questions: 12}");
  }

  @Test
  void effort_grows_with_passages_questions_readings_texts_and_trained_layers() {
    Effort one = Effort.of(passages(1), SIZES);
    Effort two = Effort.of(passages(2), SIZES);
    assertThat(two.writing()).isCloseTo(2 * one.writing(), within(1e-6));
    assertThat(two.training()).isCloseTo(2 * one.training(), within(1e-6));
    assertThat(two.examining()).isBetween(one.examining(), 2 * one.examining());
    assertThat(Effort.of(passages(1), SIZES.with(64, 12)).training())
        .isCloseTo(2 * one.training(), within(1e-6));
    assertThat(Effort.of(passages(1), SIZES.with(32, 4)).writing()).isLessThan(one.writing());
    Effort.Sizes all = new Effort.Sizes(32, 12, 3, 2.5, 480, 3, 1, 1);
    assertThat(Effort.of(passages(1), all).training()).isGreaterThan(1.5 * one.training());
    assertThat(Effort.of(passages(1), all).writing()).isGreaterThan(one.writing());
    assertThat(Effort.of(passages(1), SIZES, 10).examining()).isGreaterThan(one.examining());
  }

  @Test
  void layers_that_are_computed_again_take_more_effort() {
    assertThat(layers("inner.memory={pieces: null, recompute: 1}"))
        .isCloseTo(1.4 * layers("seed=1"), within(1e-9));
  }

  private static double layers(String setting) {
    return RecipeBook.open(Optional.empty())
        .load("adapt", List.of(setting))
        .bind(AdaptKeys.class)
        .sizes(ModelConfig.small(50, 16, 6, 2, 24))
        .layers();
  }
}
