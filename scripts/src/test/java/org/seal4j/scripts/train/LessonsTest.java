package org.seal4j.scripts.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.lora.train.AdapterTrainer;
import org.seal4j.model.CausalLm;
import org.seal4j.model.LmInputs;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.Plan;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.train.RowsKeys.LongRows;
import org.seal4j.scripts.tuning.Chat;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.LessonEncoder;
import org.seal4j.scripts.tuning.Measure;

class LessonsTest {
  @TempDir static Path temp;
  private static Path model;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void make_a_model() {
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    tokenizer = Tokenizers.load(model.resolve("tokenizer.json"));
  }

  private static LessonEncoder encoder(Chat chat) {
    try (ModelFolder folder = ModelFolder.load(model)) {
      return LessonEncoder.of(chat, folder);
    }
  }

  private static Path file(List<? extends Map<String, Object>> rows) {
    return VillageRows.write(temp.resolve("rows.jsonl"), rows);
  }

  private static Lesson one(Chat chat, Map<String, Object> row) {
    return Lessons.read(file(List.of(row)), encoder(chat), 160, LongRows.CUT).all().get(0);
  }

  private static String taught(Lesson lesson) {
    int[] ids = lesson.tokens().ids();
    List<Integer> taught = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (lesson.tokens().weights()[i] == 1) {
        taught.add(ids[i]);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int id : taught) {
      text.append(id == 0 ? "<end>" : id == 2 ? "<turn>" : tokenizer.decode(new int[] {id}));
    }
    return text.toString();
  }

  @Test
  void of_each_form_the_answer_is_taught_and_its_end() {
    VillageRows.Asked row = new VillageRows.Asked("Where does she live?", "On Mill Row.");
    Lesson plain = one(Chat.NONE, row.pair());
    assertThat(taught(plain)).isEqualTo("On Mill Row.<end>");
    assertThat(tokenizer.decode(plain.asked().orElseThrow().prompt()))
        .isEqualTo("Where does she live?");
    Lesson written = one(Chat.AUTO, row.pair());
    Lesson talk = one(Chat.MODEL, row.talk());
    assertThat(taught(talk)).isEqualTo("On Mill Row.<turn>");
    assertThat(written.tokens().ids()).isEqualTo(talk.tokens().ids());
    assertThat(one(Chat.QWEN2, row.talk()).tokens().ids()).isEqualTo(talk.tokens().ids());
    assertThat(talk.asked().orElseThrow().expected()).isEqualTo("On Mill Row.");
    assertThat(talk.asked().orElseThrow().shown()).isEqualTo("Where does she live?");
    Lesson text = one(Chat.AUTO, Map.of("text", "She lives there."));
    assertThat(taught(text)).endsWith("lives there.<end>");
    assertThat(text.taught()).isEqualTo(text.tokens().length() - 1); // the first has nothing before
    assertThat(text.asked()).isEmpty();
  }

  /**
   * No code of the product but the forward pass of one row: softmax and mean in double, by hand.
   */
  @Test
  @Tag("slow")
  void the_loss_of_a_batch_is_the_masked_cross_entropy_of_its_rows_by_hand() {
    List<Map<String, Object>> rows = new ArrayList<>();
    VillageRows.asked(1, Seeds.of(5)).forEach(row -> rows.add(row.talk()));
    rows.add(
        Map.of(
            "messages",
            List.of(
                VillageRows.message("user", "Who?"),
                VillageRows.message("assistant", "Alba."),
                VillageRows.message("user", "Where?"),
                VillageRows.message("assistant", "On Mill Row, in Brindle Hollow."))));
    List<TokenSequence> batch =
        Lessons.read(file(rows), encoder(Chat.MODEL), 160, LongRows.CUT).all().stream()
            .map(Lesson::tokens)
            .toList();
    try (ModelFolder folder = ModelFolder.load(model);
        Workers workers = new Workers(2)) {
      double total = 0;
      int count = 0;
      for (TokenSequence row : batch) {
        double[] nll = nll(folder.weights(), row.ids());
        for (int i = 1; i < row.length(); i++) {
          if (row.weights()[i] > 0) {
            total += nll[i];
            count++;
          }
        }
      }
      TrainKeys keys = TrainRuns.keys(model, temp.resolve("rows.jsonl"));
      try (AdapterTrainer trainer =
          new AdapterTrainer(folder.weights(), keys.adapter(1), Seeds.of(1), workers)) {
        assertThat(trainer.train(batch)).isCloseTo(total / count, within(1e-5));
      }
      Measure measure =
          Measure.of(
              folder.weights(),
              LinearBank.base(folder.weights()),
              Lessons.read(file(rows), encoder(Chat.MODEL), 160, LongRows.CUT).all(),
              3,
              workers);
      assertThat(measure.loss()).isCloseTo(total / count, within(1e-5));
      assertThat(measure.tokens()).isEqualTo(count);
    }
  }

  /** Negative log-likelihood of each token given those before it. */
  private static double[] nll(Weights weights, int[] ids) {
    Graph graph = new Graph();
    LmInputs inputs = LmInputs.declare(graph, weights.config(), ids.length);
    SDVariable logits =
        CausalLm.of(graph, weights, name -> false)
            .logits(inputs, CausalLm.fullAttention(graph, weights.config(), 1));
    try (Worker worker = new Worker();
        Plan plan = Plan.of(graph, List.of(logits), worker)) {
      for (int i = 0; i < ids.length; i++) {
        plan.array(LmInputs.IDS).putScalar(i, ids[i]);
        plan.array(LmInputs.POSITIONS).putScalar(i, i);
      }
      plan.run();
      INDArray all = plan.array(logits.name());
      double[] nll = new double[ids.length];
      for (int i = 1; i < ids.length; i++) {
        double sum = 0;
        for (int v = 0; v < weights.config().vocabSize(); v++) {
          sum += Math.exp(all.getDouble(i - 1, v));
        }
        nll[i] = Math.log(sum) - all.getDouble(i - 1, ids[i]);
      }
      return nll;
    }
  }

  @Test
  void longer_rows_are_cut_left_out_or_refused_and_counted() {
    String much = "In Brindle Hollow, Alba works as a baker. ".repeat(9);
    VillageRows.Asked longAnswer = new VillageRows.Asked("Where does she live?", much);
    VillageRows.Asked longPrompt = new VillageRows.Asked(much, "Yes.");
    VillageRows.Asked fine = new VillageRows.Asked("Who?", "Alba.");
    Path file = file(List.of(fine.pair(), longAnswer.pair(), longPrompt.pair()));
    Lessons cut = Lessons.read(file, encoder(Chat.NONE), 40, LongRows.CUT);
    assertThat(cut.all()).extracting(Lesson::line).containsExactly(1, 2);
    assertThat(cut.all().get(1).tokens().length()).isEqualTo(40);
    assertThat(cut.notes().get(0))
        .contains("rows.jsonl: 2 of 3 rows have more than 40 tokens and were cut there", "line 2");
    assertThat(cut.notes().get(1)).contains("1 row was left out, since nothing of an answer");
    Lessons dropped = Lessons.read(file, encoder(Chat.NONE), 40, LongRows.DROP);
    assertThat(dropped.all()).extracting(Lesson::line).containsExactly(1);
    assertThat(dropped.notes()).hasSize(1).first().asString().contains("2 of 3", "were left out");
    assertThatThrownBy(() -> Lessons.read(file, encoder(Chat.NONE), 40, LongRows.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("rows.jsonl: line 2 has", "more than the 40", "data.longRows");
    Path none = file(List.of(longPrompt.pair()));
    assertThatThrownBy(() -> Lessons.read(none, encoder(Chat.NONE), 40, LongRows.CUT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nothing to train on is left of its 1 row");
  }

  @Test
  void a_long_text_goes_on_in_further_rows_so_that_every_token_is_taught_once() {
    String text = "In Brindle Hollow, Alba works as a baker. ".repeat(9);
    Path file = file(List.of(Map.of("text", text)));
    List<Lesson> whole = Lessons.read(file, encoder(Chat.AUTO), 1000, LongRows.CUT).all();
    List<Lesson> parts = Lessons.read(file, encoder(Chat.AUTO), 40, LongRows.CUT).all();
    assertThat(whole).hasSize(1);
    assertThat(parts.size()).isGreaterThan(2);
    assertThat(parts.stream().mapToInt(Lesson::taught).sum()).isEqualTo(whole.get(0).taught());
    assertThat(parts).allMatch(part -> part.line() == 1 && part.tokens().length() <= 40);
  }

  @Test
  void rows_are_held_out_by_the_seed_and_never_trained_on() {
    Path file = VillageRows.talks(temp.resolve("village.jsonl"), 4, Seeds.of(3));
    RowsKeys keys = new RowsKeys(file, null, 0.25, null, null, LongRows.CUT, Chat.MODEL);
    LessonPlan plan = LessonPlan.of(keys, encoder(Chat.MODEL), 160, Seeds.of(1));
    assertThat(plan.measured()).hasSize(10);
    assertThat(plan.trained()).hasSize(30).doesNotContainAnyElementsOf(plan.measured());
    List<Integer> lines = plan.measured().stream().map(Lesson::line).toList();
    assertThat(LessonPlan.of(keys, encoder(Chat.MODEL), 160, Seeds.of(1)).measured())
        .extracting(Lesson::line)
        .isEqualTo(lines);
    assertThat(LessonPlan.of(keys, encoder(Chat.MODEL), 160, Seeds.of(2)).measured())
        .extracting(Lesson::line)
        .isNotEqualTo(lines);
    RowsKeys few = new RowsKeys(file, null, 0.25, 3, null, LongRows.CUT, Chat.MODEL);
    assertThat(LessonPlan.of(few, encoder(Chat.MODEL), 160, Seeds.of(1)).measured()).hasSize(3);
    RowsKeys same = new RowsKeys(file, file, 0, 7, null, LongRows.CUT, Chat.MODEL);
    LessonPlan leaking = LessonPlan.of(same, encoder(Chat.MODEL), 160, Seeds.of(1));
    assertThat(leaking.measured()).hasSize(7);
    assertThat(leaking.notes())
        .contains("7 of 7 rows to validate with are trained on as well; their loss says little");
    RowsKeys none = new RowsKeys(file, null, 0, null, null, LongRows.CUT, Chat.MODEL);
    assertThat(LessonPlan.of(none, encoder(Chat.MODEL), 160, Seeds.of(1)).heldOut()).isFalse();
  }

  @Test
  void every_pass_has_every_row_once_and_batches_run_on_over_its_end() {
    Path file = VillageRows.talks(temp.resolve("village.jsonl"), 1, Seeds.of(3));
    RowsKeys keys = new RowsKeys(file, null, 0, null, null, LongRows.CUT, Chat.MODEL);
    LessonPlan plan = LessonPlan.of(keys, encoder(Chat.MODEL), 160, Seeds.of(1));
    List<TokenSequence> seen = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      List<TokenSequence> batch = plan.batches(4, Seeds.of(9)).batch(step);
      assertThat(batch).hasSize(4);
      seen.addAll(batch);
    }
    List<TokenSequence> all = plan.trained().stream().map(Lesson::tokens).toList();
    assertThat(seen.subList(0, 10)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.subList(10, 20)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.subList(10, 20)).isNotEqualTo(seen.subList(0, 10));
  }

  @Test
  void a_conversation_that_the_template_refuses_is_named_by_file_and_line() {
    Path file =
        file(
            List.of(
                Map.of("text", "fine"),
                Map.of(
                    "messages",
                    List.of(
                        VillageRows.message("tool", "5"), VillageRows.message("assistant", "x")))));
    assertThatThrownBy(() -> Lessons.read(file, encoder(Chat.MODEL), 160, LongRows.CUT))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("rows.jsonl: line 2: ", "no tools here");
    assertThatThrownBy(() -> Lessons.read(file, encoder(Chat.NONE), 160, LongRows.CUT))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("line 2: a row is a conversation", "data.chat");
  }
}
