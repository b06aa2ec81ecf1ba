package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.json.Json;
import org.seal4j.lora.text.AdaptedModels;
import org.seal4j.lora.text.Completion;
import org.seal4j.model.generate.Sampling;
import org.seal4j.scripts.run.Experiments;

/** {@code seal ask} and {@code seal chat}. */
class AskCommandTest {
  private static final String FORM =
      "<|im_start|>user\\nTo be?<|im_end|>\\n<|im_start|>assistant\\n";

  @TempDir Path home;
  private final InputStream stdin = System.in;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path law;
  private Path tax;

  @BeforeEach
  void write_a_model_and_two_adapters() {
    TalkingModel talking = TalkingModel.at(home.resolve("model"));
    model = talking.folder();
    law = talking.adapter(home.resolve("runs/law/adapter"), 1);
    tax = talking.adapter(home.resolve("tax"), 2);
  }

  @AfterEach
  void give_standard_input_back() {
    System.setIn(stdin);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int with(String command, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command, "--model", model, "--max-tokens", 20));
    words.addAll(List.of(more));
    return seal(words.toArray());
  }

  private String text(String command, Object... more) {
    assertThat(with(command, more)).as(err.toString()).isZero();
    return out.toString();
  }

  private static void type(String text) {
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String continued(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("--quiet", "--temperature", 0, "--stop", "<|im_end|>"));
    words.addAll(List.of(more));
    return text("generate", words.toArray()).strip() + "\n";
  }

  @Test
  @Tag("slow")
  void an_answer_is_the_most_likely_one_by_the_template_without_blanks_at_its_ends() {
    String answer = text("ask", "To be?");
    assertThat(answer).isEqualTo(continued("--prompt", FORM));
    type("To be?\n");
    assertThat(text("ask", "-")).isEqualTo(answer);
    type("To be?\n");
    assertThat(text("ask")).isEqualTo(answer);
    assertThat(text("ask", "--temperature", 2, "To be?")).isNotEqualTo(answer);
  }

  @Test
  void a_model_without_a_template_goes_on_with_a_question_until_the_line_ends() throws IOException {
    Files.delete(model.resolve("chat_template.jinja"));
    String form = "Question: To be?\\nAnswer:";
    assertThat(text("ask", "To be?")).isEqualTo(continued("--prompt", form, "--stop", "\\n"));
    assertThat(with("ask", "--system", "x", "To be?")).isEqualTo(2);
    assertThat(err.toString()).contains("no chat template here").hasLineCount(1);
  }

  @Test
  @Tag("slow")
  void several_adapters_answer_under_their_names_and_a_run_stands_for_its_adapter() {
    Path run = law.getParent();
    String alone = text("ask", "To be?");
    String byLaw = text("ask", "--adapter", run, "To be?");
    assertThat(byLaw).isEqualTo(text("ask", "--adapter", law, "To be?")).isNotEqualTo(alone);
    assertThat(byLaw).isEqualTo(continued("--prompt", FORM, "--adapter", run));
    String byTax = text("ask", "--adapter", tax, "To be?");
    assertThat(byTax).isNotEqualTo(byLaw);
    String all =
        text("ask", "--adapter", "none", "--adapter", run, "--adapter", "t=" + tax, "To be?");
    assertThat(all).isEqualTo("none:\n" + alone + "\nlaw:\n" + byLaw + "\nt:\n" + byTax);
    String json = text("ask", "--adapter", run, "--adapter", tax, "--json", "To be?");
    JsonNode answers = Json.parse(json, JsonNode.class, "output").path("answers");
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).path("adapter").asText()).isEqualTo("tax");
    assertThat(answers.get(1).path("answer").asText()).isEqualTo(byTax.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--adapter tax --adapter x/../tax To?|two adapters are called tax; tell them apart",
        "--adapter none=tax To?|an adapter cannot be called none",
        "--adapter nowhere To?|there is no adapter at",
        "--adapter runs To?|nor has a folder adapter in it",
        "--top-k 5 To?|--top-k, --top-p and --min-p have no effect",
        "To be?|unknown argument 'be?'",
      })
  @Tag("slow")
  void what_does_not_fit_is_one_sentence(String line, String message) throws IOException {
    Files.createDirectories(home.resolve("x"));
    Object[] words =
        Arrays.stream(line.split(" "))
            .map(word -> word.matches("(tax|x/../tax|nowhere|runs)") ? home.resolve(word) : word)
            .map(word -> word.equals("none=tax") ? "none=" + tax : word)
            .toArray();
    assertThat(with("ask", words)).isEqualTo(2);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
    type(" \n");
    assertThat(with("ask")).isEqualTo(2);
    assertThat(err.toString()).contains("the question is empty").hasLineCount(1);
  }

  private String chat(String lines, Object... more) {
    type(lines);
    List<Object> words = new ArrayList<>(List.of("--temperature", 0));
    words.addAll(List.of(more));
    return text("chat", words.toArray());
  }

  @Test
  @Tag("slow")
  void a_conversation_is_saved_and_goes_on_where_it_was() throws IOException {
    Path saved = home.resolve("said.json");
    String system = "/system Be brief.\n";
    String both = chat(system + "To be?\n\nOr not?\n/save " + saved + "\n");
    assertThat(err.toString()).isEqualTo("seal: 5 messages saved\n");
    JsonNode messages = Json.read(saved, JsonNode.class).path("messages");
    assertThat(messages.findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "user", "assistant");
    assertThat(both.strip()).endsWith(messages.get(4).path("content").asText().strip());
    assertThat(Files.readString(saved)).hasLineCount(1).endsWith("\n");
    // Once more in two parts, and with the system's message as an option.
    Path first = home.resolve("first.json");
    String one = chat("To be?\n/save " + first + "\n/quit\nnot read", "--system", "Be brief.");
    assertThat(both).isEqualTo(one + chat("Or not?", "--messages", first));
    // What was forgotten does not count.
    assertThat(chat("Or not?\n/reset\nTo be?\n", "--system", "Be brief.")).endsWith(one);
    String plain = chat("To be?");
    assertThat(plain).isEqualTo(text("ask", "To be?")).isNotEqualTo(one);
    assertThat(chat(system + "/system\nTo be?")).isEqualTo(plain);
  }

  @Test
  @Tag("slow")
  void adapters_are_changed_by_name_with_all_that_was_said() {
    Object[] adapters = {"--adapter", law.getParent(), "--adapter", tax};
    String listed = chat("/adapters\n/adapter tax\n/adapters\n/adapter none\nTo be?\n", adapters);
    assertThat(listed)
        .isEqualTo("* law\n  tax\n  none\n  law\n* tax\n  none\n" + text("ask", "To be?"));
    Path first = home.resolve("first.json");
    String one = chat("To be?\n/save " + first, "--adapter", law);
    String two = chat("Or not?", "--adapter", tax, "--messages", first);
    assertThat(chat("To be?\n/adapter tax\nOr not?", adapters)).isEqualTo(one + two);
  }

  @Test
  void a_line_that_is_refused_is_one_sentence_and_the_conversation_goes_on() {
    String answer = text("ask", "To be?");
    type(
        "/adaptr tax\n/adapter taxes\n/adapter\n/save\n/save x\n"
            + "too long ".repeat(900)
            + "\nTo be?\n");
    assertThat(with("chat", "--temperature", 0, "--adapter", "none", "--adapter", tax))
        .isEqualTo(2);
    assertThat(out.toString()).isEqualTo(answer);
    // The adapters of this test are of no base: that is said once.
    assertThat(err.toString().lines().filter(line -> !line.startsWith("seal: warning:")))
        .hasSize(6)
        .allMatch(line -> line.startsWith("seal: "))
        .anyMatch(line -> line.contains("there is no command /adaptr, did you mean /adapter?"))
        .anyMatch(line -> line.contains("did you mean tax?"))
        .anyMatch(line -> line.contains("nothing was said yet"))
        .anyMatch(line -> line.contains("tokens but the model reads at most 900"));
    System.setIn(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'}));
    assertThat(with("chat")).isEqualTo(2);
    assertThat(err.toString()).contains("the line").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_person_sees_whose_turn_it_is_and_a_slash_may_begin_a_message() {
    assertThat(chat("//quit\n/help\n")).contains("/adapter NAME").doesNotContain("> ");
    StringWriter shown = new StringWriter();
    PrintWriter to = new PrintWriter(shown, true);
    try (var models = AdaptedModels.open(model, null, Map.of("law", law));
        Conversation talk =
            new Conversation(
                models,
                "law",
                List.of(),
                new Completion.Request(Sampling.mostLikely(), 5, List.of(), 1),
                new Conversation.Streams(to, to))) {
      InputStream lines =
          new ByteArrayInputStream("/adapter none\n/what\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new ChatLines(lines, true).hand(talk)).isEqualTo(1);
    }
    assertThat(shown.toString())
        .startsWith("law> none> seal: there is no command /what")
        .endsWith("none> ");
  }
}
