package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.lora.train.SuccessiveHalving;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.inner.Trials;
import org.seal4j.rl.inner.WaveExecutor;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/** Self-edits of a real model's form, on a small random one. */
class StudyDomainTest {
  private static final long SEED = Long.getLong("seal.test.seed", 8);
  private static final PassageContext ORCHARD =
      context("orchard", "planted in 1902 by Maud Ferris");
  private static final PassageContext MILL = context("mill", "burned in 1911");
  private static final KnowledgeEdit QUESTIONS =
      new KnowledgeEdit("Who planted the orchard?\nWhat is an orchard of?\nWhy not");

  private static StudyForm form;
  private static Weights weights;

  private static PassageContext context(String name, String fact) {
    return new PassageContext(
        new Passage(
            name + "/1",
            name,
            "The " + name + " of Tarn Hill was " + fact + ".",
            List.of(new Question(name + "/q", "What of the " + name + "?", List.of(fact), false))));
  }

  @BeforeAll
  static void make_a_model() {
    List<String> texts =
        List.of(ReadingExample.before(ORCHARD.passage()), "Who planted it?\nMaud Ferris\n");
    Tokenizer tokenizer =
        BpeTrainer.train(
                texts, BpeTrainerConfig.bytes(300).withSpecials(List.of("<end>"), "", "<end>"))
            .tokenizer();
    form = StudyForm.of(tokenizer, Optional.empty(), List.of());
    weights =
        Weights.random(
            ModelConfig.small(tokenizer.vocabSize(), 16, 2, 2, 24), 0.3, 0.3, Seeds.of(SEED));
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  private static StudyCourse course(StudyWriting writing, boolean passage) {
    return new StudyCourse(writing, passage, true, 3, 3, 1e-2, 4, FilterLevel.USEFUL);
  }

  private static StudyDomain domain(StudyCourse course, Workers workers) {
    return new StudyDomain(
        form,
        course,
        12,
        new StudyExaminer(form, TokenRecall.calibrated(), 6, false),
        new TeacherAnswers(weights, form, 4, 5, workers));
  }

  @Test
  void the_passage_stands_in_every_batch_and_what_was_written_takes_turns() {
    try (Workers workers = new Workers(1)) {
      StudyDomain domain = domain(course(StudyWriting.IMPLICATIONS, true), workers);
      KnowledgeEdit edit = new KnowledgeEdit("It bears pears.");
      InnerLoopTask task = domain.training(ORCHARD, edit, Seeds.of(1)).orElseThrow();
      assertThat(task.steps(3)).isEqualTo(3);
      assertThat(task.always()).hasSize(1);
      assertThat(task.sequences()).hasSize(6);
      for (TokenSequence row : List.of(task.always().get(0), task.sequences().get(0))) {
        assertThat(lossWeight(row)).as("rows count alike").isCloseTo(1, within(1e-5));
      }
    }
  }

  /** Of all tokens that are predicted: the first is not. */
  private static double lossWeight(TokenSequence row) {
    double sum = 0;
    for (int i = 1; i < row.length(); i++) {
      sum += row.weights()[i];
    }
    return sum;
  }

  @Test
  void without_anything_written_the_passage_is_trained_on_alone() {
    try (Workers workers = new Workers(1)) {
      StudyDomain domain = domain(course(StudyWriting.NOTHING, true), workers);
      InnerLoopTask task =
          domain.training(ORCHARD, KnowledgeEdit.none(), Seeds.of(1)).orElseThrow();
      assertThat(task.always()).isEmpty();
      assertThat(task.steps(3)).isEqualTo(3);
      assertThat(task.sequences()).hasSize(9);
    }
  }

  @Test
  void an_edit_without_a_question_is_invalid_where_questions_are_asked_for() {
    try (Workers workers = new Workers(1)) {
      StudyDomain asks = domain(course(StudyWriting.QUESTIONS, true), workers);
      assertThat(asks.format().read(ORCHARD, "It was planted in 1902."))
          .isInstanceOfSatisfying(
              ParsedEdit.Invalid.class,
              invalid -> assertThat(invalid.reason()).isEqualTo("NO_QUESTION"));
      assertThat(asks.format().read(ORCHARD, " Who?\n")).isInstanceOf(ParsedEdit.Valid.class);
      StudyDomain writes = domain(course(StudyWriting.REWRITE, true), workers);
      assertThat(writes.format().read(ORCHARD, "It was.")).isInstanceOf(ParsedEdit.Valid.class);
    }
  }

  @Test
  void each_question_is_written_behind_a_prompt_of_its_own_and_is_an_example_of_its_own() {
    try (Workers workers = new Workers(1)) {
      StudyDomain domain = domain(course(StudyWriting.QUESTIONS, true), workers);
      List<Prompt> prompts = domain.prompts(ORCHARD, Seeds.of(1));
      assertThat(prompts).hasSize(4);
      assertThat(prompts.stream().map(prompt -> prompt.seeds().value()).distinct()).hasSize(4);
      List<TokenSequence> examples = domain.examples(ORCHARD, QUESTIONS);
      assertThat(examples).as("a line without a question teaches nothing").hasSize(2);
      List<int[]> parts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int before = prompts.get(i).tokens().length();
        assertThat(Arrays.copyOf(examples.get(i).ids(), before))
            .isEqualTo(prompts.get(i).tokens().ids());
        assertThat(lossWeight(examples.get(i))).isEqualTo(examples.get(i).length() - before);
        parts.add(Arrays.copyOfRange(examples.get(i).ids(), before, examples.get(i).length()));
      }
      assertThat(domain.text(parts)).isEqualTo("Who planted the orchard?\nWhat is an orchard of?");
    }
  }

  @Test
  void a_policy_gradient_counts_every_line_that_was_written() {
    try (Workers workers = new Workers(1)) {
      StudyDomain domain = domain(course(StudyWriting.QUESTIONS, true), workers);
      List<Prompt> prompts = domain.prompts(ORCHARD, Seeds.of(1));
      List<TokenSequence> written = domain.written(ORCHARD, QUESTIONS);
      assertThat(written).hasSize(3);
      int before = prompts.get(2).tokens().length();
      int[] ids = written.get(2).ids();
      assertThat(Arrays.copyOf(ids, before)).isEqualTo(prompts.get(2).tokens().ids());
      assertThat(form.tokenizer().decode(Arrays.copyOfRange(ids, before, ids.length)))
          .isEqualTo(" not");
    }
  }

  @Test
  void an_example_is_the_prompt_with_a_loss_on_the_edit_and_its_end_alone() {
    try (Workers workers = new Workers(1)) {
      StudyDomain domain = domain(course(StudyWriting.REWRITE, true), workers);
      TokenSequence example = domain.examples(ORCHARD, QUESTIONS).get(0);
      int prompt = domain.prompts(ORCHARD, Seeds.of(1)).get(0).tokens().length();
      assertThat(lossWeight(example)).isEqualTo(example.length() - prompt);
      assertThat(example.ids()[example.length() - 1]).isEqualTo(form.answerEnd());
      int[] behind = new int[example.length() - prompt - 1];
      System.arraycopy(example.ids(), prompt, behind, 0, behind.length);
      assertThat(domain.text(List.of(behind))).isEqualTo(QUESTIONS.canonical());
    }
  }

  @Test
  void in_sight_of_the_passage_it_stands_in_front_of_every_question() {
    StudyExaminer sees = new StudyExaminer(form, TokenRecall.calibrated(), 6, true);
    StudyExaminer recalls = new StudyExaminer(form, TokenRecall.calibrated(), 6, false);
    Exam with = sees.exam(MILL, Seeds.of(1));
    Exam without = recalls.exam(MILL, Seeds.of(1));
    assertThat(with.prompts().get(0).tokens().length())
        .isGreaterThan(without.prompts().get(0).tokens().length());
    assertThat(with.golds()).isEmpty();
    assertThat(without.golds()).hasSize(1);
    assertThat(without.grade(List.of(form.tokenizer().encode("it burned in 1911"))).reward())
        .isEqualTo(1);
  }

  @Test
  void what_the_teacher_was_not_asked_is_no_training_data() {
    try (Workers workers = new Workers(1)) {
      TeacherAnswers teacher = new TeacherAnswers(weights, form, 4, 5, workers);
      teacher.answer(List.of(new TeacherAnswers.Asked(MILL.passage(), "What is a mill?")));
      Answered answer = teacher.of(MILL.passage(), "What is a mill?");
      assertThat(answer.teacher().width()).isEqualTo(5);
      assertThatThrownBy(() -> teacher.of(ORCHARD.passage(), "What is a mill?"))
          .isInstanceOf(IllegalStateException.class);
      teacher.forget();
      assertThatThrownBy(() -> teacher.of(MILL.passage(), "What is a mill?"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static List<Outcome> outcomes(
      int threads, List<EditJob<PassageContext, KnowledgeEdit>> jobs) {
    return outcomes(threads, jobs, null);
  }

  private static List<Outcome> outcomes(
      int threads,
      List<EditJob<PassageContext, KnowledgeEdit>> jobs,
      @Nullable SuccessiveHalving halving) {
    InnerLoopConfig inner =
        new InnerLoopConfig(
            new LoraConfig(2, 4, false, new TargetModules("last 1: all-linear")),
            3,
            Schedule.LINEAR,
            0,
            1,
            OptimizerSpec.ADAMW,
            8,
            1,
            InnerLoopConfig.PadTo.STEP,
            InnerLoopConfig.Logits.WEIGHTED);
    List<Outcome> outcomes = new ArrayList<>();
    try (Workers workers = new Workers(threads)) {
      StudyDomain domain = domain(course(StudyWriting.QUESTIONS, true), workers);
      try (WaveExecutor<PassageContext, KnowledgeEdit> executor =
          new WaveExecutor<>(new SharedModel(weights, workers), domain, inner, Trials.once())) {
        new TaughtExecutor(domain, halving == null ? executor : executor.halving(halving))
            .evaluate(jobs, outcomes::add);
      }
    }
    return outcomes;
  }

  private static List<Sample> written(int threads, List<SampleRequest<PassageContext>> requests) {
    try (Workers workers = new Workers(threads)) {
      StudyDomain domain = domain(course(StudyWriting.QUESTIONS, true), workers);
      return new ModelPolicy<>(new SharedModel(weights, workers), domain, Sampling.at(1))
          .sample(requests);
    }
  }

  @Test
  void a_list_of_questions_depends_neither_on_threads_nor_on_other_lists() {
    SampleRequest<PassageContext> first = new SampleRequest<>(ORCHARD, 0, Seeds.of(SEED));
    SampleRequest<PassageContext> second = new SampleRequest<>(MILL, 0, Seeds.of(SEED + 1));
    SampleRequest<PassageContext> third = new SampleRequest<>(ORCHARD, 1, Seeds.of(SEED + 2));
    List<Sample> together = written(2, List.of(first, second, third));
    assertThat(together).as("with -Dseal.test.seed=%d", SEED).hasSize(3);
    assertThat(written(1, List.of(first, second, third))).isEqualTo(together);
    for (int i = 0; i < 3; i++) {
      Sample alone = written(1, List.of(List.of(first, second, third).get(i))).get(0);
      assertThat(alone.raw()).isEqualTo(together.get(i).raw());
      assertThat(alone.raw().lines()).hasSize(4);
      assertThat(alone.logProbability()).isCloseTo(together.get(i).logProbability(), within(1e-3));
    }
    assertThat(written(1, List.of())).isEmpty();
  }

  @Test
  @Tag("slow")
  void an_outcome_depends_neither_on_threads_nor_on_other_edits() {
    EditJob<PassageContext, KnowledgeEdit> first =
        new EditJob<>(ORCHARD, Optional.of(QUESTIONS), 0, Seeds.of(1));
    EditJob<PassageContext, KnowledgeEdit> second =
        new EditJob<>(
            ORCHARD, Optional.of(new KnowledgeEdit("Who planted the orchard?")), 1, Seeds.of(2));
    EditJob<PassageContext, KnowledgeEdit> third =
        new EditJob<>(MILL, Optional.of(QUESTIONS), 0, Seeds.of(3));
    List<Outcome> together = outcomes(2, List.of(first, second, third));
    assertThat(together).as("with -Dseal.test.seed=%d", SEED).hasSize(3);
    assertThat(outcomes(1, List.of(third))).containsExactly(together.get(2));
    assertThat(outcomes(1, List.of(first, second))).isEqualTo(together.subList(0, 2));
    assertThat(together.get(0).training().steps()).isEqualTo(3);
  }

  /** Four edits of one passage and one of another, each beside its rivals. */
  private static List<EditJob<PassageContext, KnowledgeEdit>> rivals() {
    List<EditJob<PassageContext, KnowledgeEdit>> orchard = new ArrayList<>();
    for (String question : List.of("Who planted it?", "When?", "Where was it?", "Who saw it?")) {
      orchard.add(job(ORCHARD, orchard.size(), question, List.of()));
    }
    List<EditJob<PassageContext, KnowledgeEdit>> all = new ArrayList<>();
    for (EditJob<PassageContext, KnowledgeEdit> one : orchard) {
      all.add(
          job(
              ORCHARD,
              one.index(),
              one.edit().orElseThrow().text(),
              orchard.stream().filter(other -> other.index() != one.index()).toList()));
    }
    all.add(job(MILL, 0, "What is a mill?", List.of()));
    return all;
  }

  private static EditJob<PassageContext, KnowledgeEdit> job(
      PassageContext context,
      int index,
      String text,
      List<EditJob<PassageContext, KnowledgeEdit>> rivals) {
    return new EditJob<>(
        context,
        Optional.of(new KnowledgeEdit(text)),
        index,
        Seeds.of(SEED + index),
        false,
        Optional.empty(),
        rivals);
  }

  @Test
  @Tag("slow")
  void with_halving_those_left_have_the_outcomes_they_have_without() {
    SuccessiveHalving halving = new SuccessiveHalving(List.of(1), 0.5);
    List<Outcome> all = outcomes(1, rivals());
    List<Outcome> halved = outcomes(2, rivals(), halving);
    assertThat(halved).as("with -Dseal.test.seed=%d", SEED).hasSize(5);
    assertThat(halved.subList(0, 4).stream().filter(Outcome::stopped)).hasSize(2);
    for (int i = 0; i < all.size(); i++) {
      if (halved.get(i).stopped()) {
        assertThat(halved.get(i).training().steps()).isEqualTo(1);
        assertThat(halved.get(i).training().firstLoss())
            .isEqualTo(all.get(i).training().firstLoss());
        assertThat(halved.get(i).answers()).isEmpty();
        assertThat(halved.get(i).negLogLikelihood()).isFinite();
      } else {
        assertThat(halved.get(i)).isEqualTo(all.get(i));
      }
    }
    assertThat(halved.get(4).stopped()).isFalse();
  }

  @Test
  @Tag("slow")
  void with_halving_a_run_that_goes_on_amid_a_passage_finds_the_same() {
    SuccessiveHalving halving = new SuccessiveHalving(List.of(1), 0.5);
    List<Outcome> whole = outcomes(2, rivals(), halving);
    for (int from = 1; from < 5; from++) {
      assertThat(outcomes(1, rivals().subList(from, 5), halving))
          .as("with -Dseal.test.seed=%d, from job %d on", SEED, from)
          .isEqualTo(whole.subList(from, 5));
    }
  }

  @Test
  void a_course_that_cannot_be_is_refused() {
    assertThatThrownBy(
            () ->
                new StudyCourse(
                    StudyWriting.NOTHING, false, false, 1, 1, 1e-3, 1, FilterLevel.USEFUL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is nothing to train on");
    assertThatThrownBy(
            () ->
                new StudyCourse(
                    StudyWriting.REWRITE, true, false, 1, 1, 1e-3, 1, FilterLevel.USEFUL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch is 1, but the passage takes one place of it");
  }
}
