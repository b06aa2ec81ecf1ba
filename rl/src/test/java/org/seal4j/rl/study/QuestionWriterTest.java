package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/** Questions of a small random model, which are never any good: what is counted, and the rows. */
class QuestionWriterTest {
  private static final long SEED = Long.getLong("seal.test.seed", 5);
  private static final Passage PASSAGE =
      new Passage(
          "orchard/1",
          "Orchard",
          "The orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears.",
          List.of());

  private static StudyForm form;
  private static Weights weights;

  @BeforeAll
  static void make_a_model() {
    List<String> texts = List.of(ReadingExample.before(PASSAGE), "Who planted it?\nMaud Ferris\n");
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

  private static QuestionWriter.Written write(int threads) {
    QuestionWriter.How how = new QuestionWriter.How(4, 3, 1, 0.95, 6, 0, 5);
    try (Workers workers = new Workers(threads);
        QuestionWriter writer = new QuestionWriter(weights, form, how, workers)) {
      return writer.write(PASSAGE, Seeds.of(SEED));
    }
  }

  @Test
  void every_question_is_kept_or_counted_with_its_reason() {
    QuestionWriter.Written written = write(2);
    int rejected = written.rejected().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(written.written()).isEqualTo(12);
    assertThat(written.kept().size() + rejected).as("with -Dseal.test.seed=%d", SEED).isEqualTo(12);
  }

  @Test
  @Tag("slow")
  void the_number_of_threads_changes_nothing() {
    QuestionWriter.Written one = write(1);
    QuestionWriter.Written three = write(3);
    assertThat(three.rejected()).isEqualTo(one.rejected());
    assertThat(three.kept().stream().map(StudyQuestion::text).toList())
        .isEqualTo(one.kept().stream().map(StudyQuestion::text).toList());
  }

  @Test
  void a_passage_after_another_is_written_about_as_it_is_alone() {
    QuestionWriter.How how = new QuestionWriter.How(4, 3, 1, 0.95, 6, 0, 5);
    Passage other =
        new Passage("mill/1", "Mill", "The mill grinds rye. It has a wheel.", List.of());
    try (Workers workers = new Workers(2);
        QuestionWriter writer = new QuestionWriter(weights, form, how, workers)) {
      writer.write(other, Seeds.of(SEED));
      QuestionWriter.Written second = writer.write(PASSAGE, Seeds.of(SEED));
      QuestionWriter.Written alone = write(2);
      assertThat(second.rejected()).isEqualTo(alone.rejected());
      assertThat(second.kept().stream().map(StudyQuestion::text).toList())
          .isEqualTo(alone.kept().stream().map(StudyQuestion::text).toList());
    }
  }

  /** An answer as the model gives it, cut by force or ended. */
  private static Answered answer(String question, int tokens) {
    GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), form.line(tokens), 3);
    try (Workers workers = new Workers(1);
        Asking asking = new Asking(weights, LinearBank.base(weights), workers, 4)) {
      Generation made = asking.all(List.of(form.openBook(PASSAGE, question)), how).get(0);
      return Answered.of(form, made);
    }
  }

  @Test
  void a_row_teaches_the_answer_alone_and_what_the_reading_model_held_for_likely() {
    Answered answer = answer("Who planted it?", 4);
    TokenSequence row = new StudyRows(form).distilled("Who planted it?", answer);
    int prompt = form.closedBook("Who planted it?").length();
    assertThat(row.length()).isEqualTo(prompt + answer.tokens().length);
    SoftTargets teacher = row.teacher();
    assertThat(teacher).isNotNull();
    assertThat(teacher.length()).isEqualTo(row.length());
    for (int i = 0; i < row.length(); i++) {
      assertThat(row.weights()[i]).isEqualTo(i < prompt ? 0f : 1f);
    }
    // The likeliest token at each place is the one that stands there: the answer is greedy.
    for (int i = prompt; i < row.length(); i++) {
      assertThat(teacher.ids()[i * 3]).isEqualTo(row.ids()[i]);
    }
    assertThat(new StudyRows(form).answered("Who planted it?", answer).teacher()).isNull();
  }

  @Test
  void the_end_of_a_line_becomes_the_end_of_an_answer() {
    int feed = form.lineEnds().iterator().next();
    int[] ids = {7, feed};
    SoftTargets likely = new SoftTargets(2, new int[] {7, feed, feed, 9}, new float[4]);
    Generation made =
        new Generation(
            ids, new double[2], new double[2], org.seal4j.model.generate.StopReason.TOKEN, likely);
    Answered answer = Answered.of(form, made);
    assertThat(answer.ended()).isTrue();
    assertThat(answer.tokens()).containsExactly(7, form.answerEnd());
    assertThat(answer.teacher()).isNotNull();
    assertThat(answer.teacher().ids()).containsExactly(7, form.answerEnd(), form.answerEnd(), 9);
  }

  @Test
  void a_passage_is_learned_with_its_title_and_its_end() {
    TokenSequence row = new StudyRows(form).passage(PASSAGE);
    List<Integer> ids = new ArrayList<>();
    for (int id : row.ids()) {
      ids.add(id);
    }
    assertThat(form.words(row.ids())).startsWith("Orchard\nThe orchard of Tarn Hill");
    assertThat(ids.get(ids.size() - 1)).isEqualTo(form.tokenizer().eos().getAsInt());
  }
}
