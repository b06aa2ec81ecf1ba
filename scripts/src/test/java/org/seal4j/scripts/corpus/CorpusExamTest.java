package org.seal4j.scripts.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.eval.squad.TokenRecall;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.train.SmallModel;
import org.seal4j.scripts.tuning.Chat;
import org.seal4j.scripts.tuning.LessonEncoder;

class CorpusExamTest {
  private static final int TOKENS = 3;
  private static final Question QUESTION = Question.of("q", "Who built the mill?", "Ada");

  @TempDir static Path temp;
  private static ModelFolder model;
  private static StudyForm form;

  @BeforeAll
  static void make_a_model() {
    model = ModelFolder.load(SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE));
    LessonEncoder encoder = LessonEncoder.of(Chat.AUTO, model);
    form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
  }

  @AfterAll
  static void close_it() {
    model.close();
  }

  private static Passage passage(String id) {
    return new Passage(id, "Mill " + id, "The mill " + id + " was built by Ada.", List.of());
  }

  private static Ask ask(int context, String... inSight) {
    return new CorpusExam(form, TokenRecall.calibrated(), TOKENS, context)
        .ask(
            Over.nothing(),
            List.of(inSight).stream().map(CorpusExamTest::passage).toList(),
            Optional.of(passage("1")),
            QUESTION);
  }

  private static int length(Ask ask) {
    return ask.exam().prompts().get(0).tokens().length();
  }

  @Test
  void as_many_passages_stand_in_front_as_the_model_has_room_for() {
    Ask all = ask(Integer.MAX_VALUE, "1", "2", "3");
    assertThat(all.inSight()).isEqualTo("1\n2\n3");
    int two = length(ask(Integer.MAX_VALUE, "1", "2"));
    assertThat(length(all)).isGreaterThan(two);
    assertThat(ask(length(all) + TOKENS, "1", "2", "3"))
        .extracting(Ask::inSight)
        .isEqualTo("1\n2\n3");
    assertThat(ask(length(all) + TOKENS - 1, "1", "2", "3"))
        .extracting(Ask::inSight)
        .isEqualTo("1\n2");
    assertThat(ask(1, "1", "2", "3")).extracting(Ask::inSight).isEqualTo("1");
  }

  @Test
  void a_question_alone_has_a_gold_answer_whose_likelihood_is_asked_for() {
    Ask alone = ask(Integer.MAX_VALUE);
    assertThat(alone.inSight()).isEmpty();
    assertThat(alone.exam().golds()).hasSize(1);
    assertThat(ask(Integer.MAX_VALUE, "1").exam().golds()).isEmpty();
    assertThat(length(alone)).isLessThan(length(ask(Integer.MAX_VALUE, "1")));
  }

  @Test
  void equal_questions_in_equal_states_are_the_same_to_be_asked() {
    assertThat(ask(Integer.MAX_VALUE, "1").key()).isEqualTo(ask(5000, "1").key());
    assertThat(ask(Integer.MAX_VALUE, "1").key()).isNotEqualTo(ask(5000, "2").key());
  }
}
