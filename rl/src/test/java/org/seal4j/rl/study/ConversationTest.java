package org.seal4j.rl.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/** What a small random chat model says with a passage and on other subjects. */
class ConversationTest {
  private static final long SEED = Long.getLong("seal.test.seed", 4);
  private static final Passage PASSAGE =
      new Passage("mill/1", "Mill", "The mill of Orre was built in 1840.", List.of());
  private static final String ASKED = "When was the mill built?";

  private static StudyForm chat;
  private static StudyForm plain;
  private static Weights weights;

  @BeforeAll
  static void make_a_model() {
    Tokenizer tokenizer =
        BpeTrainer.train(
                List.of(PASSAGE.context(), ASKED, "Tell me about the sea.\n"),
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

  private static StudyQuestion question(String answer) {
    return new StudyQuestion(
        PASSAGE.id(), QuestionKind.NUMBER, ASKED, new Answered(answer, new int[] {1}, true, null));
  }

  private static StudyQuestion sentence(StudyForm form, StudyQuestion question, int tokens) {
    try (Workers workers = new Workers(2);
        Asking asking = new Asking(weights, LinearBank.base(weights), workers, 8)) {
      return new SentenceAnswers(form, asking, tokens, 3).of(PASSAGE, List.of(question)).get(0);
    }
  }

  @Test
  void a_sentence_that_does_not_say_the_answer_is_left_out() {
    assertThat(sentence(chat, question("in 1840"), 30).sentence()).isNull();
  }

  @Test
  void a_sentence_is_kept_where_it_ends_and_says_the_answer() {
    Generation made;
    // Any token ends the turn of this form, so that every answer ends.
    StudyForm ending =
        new StudyForm(
            chat.tokenizer(), chat.chat(), all(chat.tokenizer().vocabSize()), chat.lineEnds());
    try (Workers workers = new Workers(1);
        Asking asking = new Asking(weights, LinearBank.base(weights), workers, 8)) {
      GenerationConfig how = new GenerationConfig(Sampling.mostLikely(), ending.text(30), 3);
      made = asking.all(List.of(ending.inConversation(PASSAGE, ASKED)), how).get(0);
    }
    String said = ending.words(made.tokens());
    Answered kept = sentence(ending, question(said), 30).sentence();
    if (said.chars().anyMatch(Character::isLetterOrDigit)) {
      assertThat(kept).as("with -Dseal.test.seed=%d", SEED).isNotNull();
      assertThat(kept.tokens()).isEqualTo(made.tokens());
    } else {
      assertThat(kept).as("with -Dseal.test.seed=%d", SEED).isNull();
    }
  }

  private static Set<Integer> all(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toSet());
  }

  @Test
  void without_a_chat_template_questions_stay_as_they_are() {
    StudyQuestion question = question("in 1840");
    assertThat(sentence(plain, question, 5)).isSameAs(question);
  }

  private static String written(StudyForm form, TokenSequence row) {
    return form.tokenizer().decode(row.ids());
  }

  private static List<TokenSequence> anchors(StudyForm form, int count, int threads) {
    try (Workers workers = new Workers(threads)) {
      return new AnchorTexts(weights, form, 3, workers).write(count, Seeds.of(SEED));
    }
  }

  @Test
  void anchors_have_a_loss_where_the_model_wrote_and_what_it_held_for_likely() {
    List<TokenSequence> rows = anchors(chat, 6, 2);
    assertThat(rows).hasSize(6);
    for (TokenSequence row : rows) {
      SoftTargets teacher = row.teacher();
      assertThat(teacher).isNotNull();
      int from = 0;
      while (row.weights()[from] == 0) {
        from++;
      }
      assertThat(from).isPositive();
      for (int i = from; i < row.length(); i++) {
        assertThat(row.weights()[i]).isEqualTo(1f);
        float sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += teacher.probabilities()[i * 3 + k];
        }
        assertThat(sum).isBetween(0.001f, 1.0001f);
      }
    }
    // Every other one is a question; a chat model is told something, and goes on with plain text.
    assertThat(written(chat, rows.get(0))).startsWith("[What is the capital of Norway?]");
    assertThat(written(chat, rows.get(1))).startsWith("[Tell me about the sea.]");
    assertThat(written(chat, rows.get(3))).startsWith("The");
    assertThat(written(plain, anchors(plain, 2, 1).get(1))).startsWith("The");
  }

  @Test
  @Tag("slow")
  void the_number_of_threads_changes_no_anchor() {
    List<TokenSequence> one = anchors(chat, 5, 1);
    List<TokenSequence> three = anchors(chat, 5, 3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(three.get(i).ids()).isEqualTo(one.get(i).ids());
    }
  }
}
