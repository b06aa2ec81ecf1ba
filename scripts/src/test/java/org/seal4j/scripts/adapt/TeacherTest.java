package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.testing.FakeChat;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.recipe.RecipeBook;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** Another model writes the questions: what is asked, kept, stored, and what it may do wrong. */
@Tag("slow")
class TeacherTest {
  private static final String KEY = "questions.teacher.endpoint";
  private static final List<String> FILES =
      List.of(
          "teacher.json",
          "writing.arrows",
          "steps.arrows",
          "answers.arrow",
          "adapter/adapter_model.safetensors");

  @TempDir static Path temp;
  private static Path model;
  private static Path notes;

  @TempDir Path own;
  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void make_a_model_and_documents() throws IOException {
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    notes = Files.createDirectories(temp.resolve("notes"));
    Files.writeString(notes.resolve("mill.txt"), "Mill\n\nThe mill of Tarn Hill burned in 1911.\n");
    Files.writeString(
        notes.resolve("orchard.txt"),
        "Orchard\n\nThe orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears.\n");
  }

  /** Good questions about both passages; one that is none, and a broken line. */
  private static String reply(JsonNode request) {
    String message = request.at("/messages/0/content").asText();
    return message.contains("The mill of Tarn Hill")
        ? "```json\n"
            + object("number", "When did the mill of Tarn Hill burn?", "in 1911")
            + object("fact", "Which building of Tarn Hill burned in 1911?", "the mill")
            + "```"
        : "Here they are:\n"
            + object("fact", "Who planted the orchard of Tarn Hill?", "Maud Ferris")
            + object("number", "When was the orchard of Tarn Hill planted?", "1902")
            + object("list", "Write more of these questions.", "pears")
            + "{\"kind\": \"cause\", \"question\": \"Why";
  }

  private static String object(String kind, String question, String answer) {
    return "{\"kind\": \"%s\", \"question\": \"%s\", \"answer\": \"%s\", \"sentence\": \"It is %s.\"}\n"
        .formatted(kind, question, answer, answer);
  }

  private static String teacher(FakeChat chat, int seconds, int tries) {
    return ("{endpoint: {url: '%s', model: large, keyVariable: '', connectSeconds: 5,"
            + " requestSeconds: %d, tries: %d, backoffSeconds: 0}, temperature: 0.7, topP: 0.95,"
            + " maxTokens: 64}")
        .formatted(chat.url(), seconds, tries);
  }

  private Adaptation small(FakeChat chat) {
    return Adaptation.of(model)
        .documents(notes)
        .set("questions.count", 1)
        .set("questions.heldOut", 1)
        .set("questions.answerTokens", 20)
        .set("questions.teacher", teacher(chat, 20, 1))
        .set("study.readings", 3)
        .set("study.checkpointEvery", 1)
        .set("study.anchors", 0)
        .set("inner.lora.rank", 4)
        .set("proof.answerTokens", 4)
        .set("proof.maxHarm", 100)
        .set("proof.force", true)
        .listener(
            new RunListener() {
              @Override
              public void said(String line) {
                said.add(line);
              }
            });
  }

  private static AdaptKeys keys(FakeChat chat) {
    return RecipeBook.open(Optional.empty())
        .load("adapt", List.of("questions.teacher=" + teacher(chat, 20, 1)))
        .bind(AdaptKeys.class);
  }

  @Test
  void its_questions_are_trained_on_and_asked_and_it_is_named() {
    try (FakeChat chat = new FakeChat(TeacherTest::reply)) {
      Path run = own.resolve("run");
      Adaptation.Result result = small(chat).run(run);
      assertThat(chat.asked()).hasSize(2);
      assertThat(chat.asked().get(0).path("model").asText()).isEqualTo("large");
      assertThat(chat.asked().get(0).path("max_tokens").asInt()).isEqualTo(64);
      assertThat(result.findings().figures()).containsKey("heldOutRecallBefore");
      assertThat(result.findings().figures().get("heldOutRecallBefore").n()).isEqualTo(2);
      assertThat(said)
          .contains(
              "the questions and their answers are of large at %s; distill trains on these answers as they stand, as self-qa does"
                  .formatted(chat.url()));
      assertThat(notes(result))
          .anyMatch(note -> note.contains("4 questions written, 2 kept"))
          .anyMatch(note -> note.contains("1: another model's reply could not be read there"))
          .anyMatch(note -> note.contains("1: it does not end with a question mark"));
    }
  }

  private List<String> notes(Adaptation.Result result) {
    Path table = result.adapter().orElseThrow().resolveSibling("passages.arrow");
    return ArrowTable.read(table, AdaptTables.PASSAGES).rows().stream()
        .map(row -> row.string("note"))
        .toList();
  }

  @Test
  void a_stopped_run_asks_nothing_twice_and_ends_with_the_same_bytes() {
    try (FakeChat chat = new FakeChat(TeacherTest::reply)) {
      Path whole = own.resolve("whole");
      Path stopped = own.resolve("stopped");
      small(chat).run(whole);
      int asked = chat.asked().size();
      for (int[] stop : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
        int left = stop[0];
        RunListener stopping =
            new RunListener() {
              private int heard;

              @Override
              public void resume(long done, String note) {}

              @Override
              public void step(long done, String note) {
                if (++heard > left) {
                  throw new IllegalStateException("stopped for a test");
                }
              }
            };
        assertThatThrownBy(() -> small(chat).listener(stopping).run(stopped))
            .hasMessage("stopped for a test");
        assertThat(chat.asked()).hasSize(asked + stop[1]);
      }
      assertThat(new AdaptExperiment().answered(keys(chat), stopped)).containsExactly(KEY);
      small(chat).run(stopped);
      assertThat(chat.asked()).hasSize(2 * asked);
      for (String file : FILES) {
        assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
      }
    }
  }

  @Test
  void an_endpoint_that_refuses_ends_the_run_and_what_was_paid_for_is_kept() {
    try (FakeChat chat = new FakeChat()) {
      Path run = own.resolve("run");
      chat.says(object("number", "When did the mill of Tarn Hill burn?", "in 1911"))
          .gives(402, "{\"error\": {\"message\": \"no more\\u001b[2J money\"}}", Map.of());
      Adaptation adaptation = small(chat).set("questions.heldOut", 0);
      assertThatThrownBy(() -> adaptation.run(run))
          .isInstanceOf(InputException.class)
          .message()
          .startsWith("the model 'large' at " + chat.url() + "/chat/completions gave status 402")
          .doesNotContainPattern("\\p{Cntrl}");
      assertThat(run.resolve("teacher.json")).isNotEmptyFile();
      assertThat(new AdaptExperiment().answered(keys(chat), run)).as("one is missing").isEmpty();
      chat.says(object("number", "When was the orchard of Tarn Hill planted?", "1902"));
      adaptation.run(run);
      assertThat(chat.asked()).hasSize(3);
    }
  }

  @Test
  void one_that_is_silent_or_never_ends_is_left_by_the_limits_of_the_endpoint() {
    try (FakeChat chat = new FakeChat()) {
      assertThatThrownBy(
              () ->
                  small(chat)
                      .set("questions.teacher", teacher(chat, 1, 2))
                      .run(own.resolve("silent")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no answer within 1 s, after 2 tries");
      chat.sends(
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            while (true) {
              exchange.getResponseBody().write(much);
            }
          });
      assertThatThrownBy(() -> small(chat).run(own.resolve("endless")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("which is broken off");
    }
  }

  @Test
  void replies_without_questions_are_asked_for_three_times_and_the_text_is_learned() {
    try (FakeChat chat = new FakeChat(request -> "\u0000 I'd rather not. {\"question\": ")) {
      Path run = own.resolve("run");
      Adaptation.Result result = small(chat).run(run);
      assertThat(chat.asked()).hasSize(6);
      assertThat(notes(result)).allMatch(note -> note.startsWith("3 questions written, 0 kept"));
      assertThatThrownBy(() -> small(chat).method("distill").run(own.resolve("none")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no question that can be learned from");
    }
  }

  @Test
  void replies_of_another_run_are_refused_and_a_long_one_is_cut() {
    try (FakeChat chat = new FakeChat(request -> "x".repeat(TeacherReplies.LONGEST + 9))) {
      TeacherKeys teacher = keys(chat).questions().teacher();
      assertThat(teacher).isNotNull();
      TeacherReplies replies = new TeacherReplies(own, "one", teacher);
      assertThat(replies.to("a", 1, "?")).hasSize(TeacherReplies.LONGEST);
      assertThat(TeacherReplies.complete(own)).isFalse();
      replies.close();
      assertThat(TeacherReplies.complete(own)).isTrue();
      assertThatThrownBy(() -> new TeacherReplies(own, "two", teacher))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("teacher.json holds the replies of another run");
    }
  }

  private String seal(Object... args) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    List<String> words = new ArrayList<>(List.of("adapt", "--model", model.toString()));
    words.addAll(List.of("--documents", notes.toString(), "--out", own.resolve("run").toString()));
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal =
        new Seal(
            new Experiments(List.of(new AdaptExperiment())),
            Optional.of(RecipeHome.at(temp.resolve("home"), "adapt")),
            (again, environment) -> 99);
    assertThat(seal.run(words, writer, writer)).isEqualTo(2);
    assertThat(own.resolve("run")).doesNotExist();
    return out.toString();
  }

  @Test
  void the_command_refuses_what_does_not_go_together_before_anything_is_made() {
    String url = "http://127.0.0.1:9/v1";
    assertThat(seal("--teacher", url, "--teacher-model", "it's", "--offline"))
        .contains("--offline: " + KEY + " asks a model at " + url);
    assertThat(seal("--teacher", url)).contains("are given together; --teacher-model is missing");
    assertThat(seal("--teacher-key", "KEY")).contains("--teacher is missing");
    assertThat(seal("--teacher", "ftp://x", "--teacher-model", "m"))
        .contains(KEY, "must be an http or https address");
    assertThat(seal("--teacher", "http://x.example/v1", "--teacher-model", "m", "--teacher-key=K"))
        .contains("would send the key unencrypted");
    assertThat(
            seal(
                "--teacher=https://x.example/v1",
                "--teacher-model=m",
                "--teacher-key=SEAL4J_NO_SUCH_KEY"))
        .contains("the environment variable SEAL4J_NO_SUCH_KEY")
        .contains("holds no key");
  }
}
