package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.plan.Workers;

/** Questions of another model for a small random one, which knows nothing. */
class TaughtQuestionsTest {
  private static final long SEED = Long.getLong("seal.test.seed", 6);
  private static final Passage PASSAGE =
      new Passage(
          "orchard/1",
          "Orchard",
          "The orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears.",
          List.of());
  private static final String WHO =
      object("fact", "Who planted the orchard of Tarn Hill?", "Maud Ferris", "It was Maud Ferris.");
  private static final String WHO_ELSE =
      object("fact", "Which person planted the orchard?", "Maud Ferris", "A farmer did.");
  private static final String WHEN =
      object("number", "When was the orchard of Tarn Hill planted?", "1902", "In 1902.");
  private static final String WRONG =
      object("fact", "Who planted the orchard on Tarn Hill?", "Oliver Stone", "Oliver Stone did.");
  private static final String LONG =
      object(
          "list",
          "What grows on the orchard of Tarn Hill?",
          "planted in 1902 by Maud Ferris It grows pears",
          "");

  private static StudyForm chat;
  private static StudyForm plain;
  private static Weights weights;

  private final List<String> messages = new ArrayList<>();

  @BeforeAll
  static void make_a_model() {
    Tokenizer tokenizer =
        BpeTrainer.train(
                List.of(PASSAGE.context(), "Question: Who?\nAnswer: Maud Ferris\n"),
                BpeTrainerConfig.bytes(290).withSpecials(List.of("<end>"), "", "<end>"))
            .tokenizer();
    ChatTemplate template =
        ChatTemplate.of(
            "{% for m in messages %}[{{ m.content }}]<end>{% endfor %}", Map.of(), "test");
    chat = StudyForm.of(tokenizer, Optional.of(new ChatEncoder(template, tokenizer)), List.of());
    plain = StudyForm.of(tokenizer, Optional.empty(), List.of());
    weights =
        Weights.random(
            ModelConfig.small(tokenizer.vocabSize(), 16, 2, 2, 24), 0.3, 0.3, Seeds.of(SEED));
  }

  @AfterAll
  static void close() {
    weights.close();
  }

  private static String object(String kind, String question, String answer, String sentence) {
    return "{\"kind\": \"%s\", \"question\": \"%s\", \"answer\": \"%s\", \"sentence\": \"%s\"}\n"
        .formatted(kind, question, answer, sentence);
  }

  private QuestionWriter.Written write(StudyForm form, int count, String... replies) {
    QuestionWriter.How how = new QuestionWriter.How(count, 3, 1, 0.95, 24, 40, 5);
    try (Workers workers = new Workers(2);
        TaughtQuestions taught = new TaughtQuestions(weights, form, how, workers)) {
      return taught.write(
          PASSAGE,
          (round, message) -> {
            assertThat(round).isEqualTo(messages.size() + 1);
            messages.add(message);
            return replies[round - 1];
          });
    }
  }

  private static List<String> texts(QuestionWriter.Written written) {
    return written.kept().stream().map(StudyQuestion::text).toList();
  }

  @Test
  void kinds_take_turns_and_what_the_filter_rejects_is_counted() {
    QuestionWriter.Written written = write(chat, 3, WHO + WHO_ELSE + WRONG + WHEN);
    assertThat(texts(written))
        .containsExactly(
            "Who planted the orchard of Tarn Hill?",
            "When was the orchard of Tarn Hill planted?",
            "Which person planted the orchard?");
    assertThat(written.rejected()).containsExactly(Map.entry(Rejection.NOT_IN_PASSAGE, 1));
    assertThat(written.written()).isEqualTo(4);
    assertThat(messages.get(0))
        .contains("Write 1 of each", "Title: Orchard", PASSAGE.context())
        .doesNotContain("Do not repeat");
  }

  @Test
  @Tag("slow")
  void too_few_are_asked_for_again_three_times_at_most_and_no_question_is_named_as_new() {
    QuestionWriter.Written written =
        write(chat, 6, WHO + "{\"question\": \"Wh", "No more.", WHO + WHEN);
    assertThat(written.kept()).hasSize(2);
    assertThat(messages).hasSize(3);
    assertThat(messages.get(0)).contains("Write 2 of each");
    assertThat(messages.get(2))
        .contains("Do not repeat these questions:\n- Who planted the orchard of Tarn Hill?\n");
    assertThat(written.rejected()).isEqualTo(Map.of(Rejection.BROKEN, 1, Rejection.REPEATED, 1));
    assertThat(write(chat, 0).kept()).isEmpty();
  }

  @Test
  void an_answer_longer_than_an_answer_may_be_is_left_out() {
    assertThat(write(chat, 1, LONG, "", "").rejected()).isEqualTo(Map.of(Rejection.NO_ANSWER, 1));
  }

  @Test
  @Tag("slow")
  void what_the_model_knows_without_the_passage_is_left_out() {
    LinearBank linears = LinearBank.base(weights);
    List<String> questions =
        "abcdefghijklmnopqrstuvwxyz"
            .chars()
            .mapToObj(c -> "Which %corch was planted by Maud Ferris?".formatted((char) c))
            .toList();
    try (Workers workers = new Workers(1)) {
      List<String> said = new ClosedBookAnswers(plain, 24).of(weights, linears, questions, workers);
      // Letters alone: the rest of what a random model says is no text that a passage has.
      List<String> words = said.stream().map(TaughtQuestionsTest::letters).toList();
      String known = words.stream().filter(text -> !text.isEmpty()).findFirst().orElse("");
      assertThat(known).as("with -Dseal.test.seed=%d", SEED).isNotEmpty();
      String question = questions.get(words.indexOf(known));
      Passage passage =
          new Passage("b", "Orchard", PASSAGE.context() + " It was " + known + ".", List.of());
      QuestionWriter.How how = new QuestionWriter.How(2, 3, 1, 0.95, 24, 40, 5);
      String reply = object("fact", question, known, "") + WHEN;
      try (TaughtQuestions taught = new TaughtQuestions(weights, plain, how, workers)) {
        QuestionWriter.Written written = taught.write(passage, (round, message) -> reply);
        assertThat(written.rejected()).as("'%s'", known).containsKey(Rejection.KNOWN);
        assertThat(texts(written)).containsExactly("When was the orchard of Tarn Hill planted?");
        // Asked again by the generators that are kept, it says the same.
        QuestionWriter.Written again = taught.write(passage, (round, message) -> reply);
        assertThat(again.rejected()).isEqualTo(written.rejected());
        assertThat(texts(again)).isEqualTo(texts(written));
      }
    }
  }

  private static String letters(String text) {
    return text.replaceAll("[^\\p{Alnum}]+", " ").strip();
  }

  @Test
  void an_answer_is_learned_as_it_stands_behind_the_question_with_its_end() {
    for (StudyForm form : List.of(chat, plain)) {
      messages.clear();
      StudyQuestion question = write(form, 1, WHO).kept().get(0);
      Answered answer = question.answer();
      assertThat(answer.teacher()).isNull();
      assertThat(answer.ended()).isTrue();
      TokenSequence row = new StudyRows(form).distilled(question.text(), answer);
      assertThat(row.teacher()).isNull();
      int[] ids = row.ids();
      assertThat(ids[ids.length - 1]).isEqualTo(form.answerEnd());
      String text = form.tokenizer().decode(Arrays.copyOf(ids, ids.length - 1));
      assertThat(text)
          .endsWith(form == chat ? "Tarn Hill?]Maud Ferris" : "Tarn Hill?\nAnswer: Maud Ferris");
      for (int i = 0; i < ids.length; i++) {
        boolean taught = i >= ids.length - answer.tokens().length;
        assertThat(row.weights()[i]).isEqualTo(taught ? 1f : 0f);
      }
    }
  }

  @Test
  void a_sentence_is_kept_for_a_chat_model_where_it_says_the_answer() {
    List<StudyQuestion> kept = write(chat, 3, WHO + WHO_ELSE + WHEN).kept();
    assertThat(kept.get(0).sentence()).isNotNull();
    assertThat(kept.get(0).sentence().text()).isEqualTo("It was Maud Ferris.");
    assertThat(kept.get(2).text()).startsWith("Which person");
    assertThat(kept.get(2).sentence()).isNull();
    messages.clear();
    assertThat(write(plain, 1, WHO).kept().get(0).sentence()).isNull();
  }
}
