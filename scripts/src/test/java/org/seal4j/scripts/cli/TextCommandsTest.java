package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.SharedData;
import org.seal4j.scripts.run.Experiments;

/** {@code seal generate} and {@code seal eval} with a model that others have trained. */
class TextCommandsTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static Path model() {
    return SharedData.orSkip("weights/tinystories-656k");
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int generate(Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "generate", "--model", model(), "--prompt", "Once upon a time", "--max-tokens"));
    args.addAll(List.of(more));
    return seal(args.toArray());
  }

  @Test
  void the_most_likely_text_is_written_and_its_speed_goes_to_the_error_stream() {
    assertThat(generate(20, "--temperature", 0)).isZero();
    String text = out.toString();
    assertThat(text).startsWith(", ").endsWith("\n").containsPattern("[a-z]+ [a-z]+ [a-z]+");
    assertThat(err.toString()).matches("\\d+ \\+ 20 tokens in .* s, .* tokens/s\\n");
    assertThat(generate(20, "--temperature", 0, "--json", "--quiet")).isZero();
    JsonNode json = Json.parse(out.toString(), JsonNode.class, "output");
    assertThat(json.path("text").asText() + "\n").isEqualTo(text);
    assertThat(json.path("reason").asText()).isEqualTo("length");
    assertThat(json.path("tokens")).hasSize(20);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void a_seed_decides_the_text() {
    generate(20, "--seed", 7, "--top-k", 50, "--top-p", 0.95);
    String first = out.toString();
    generate(20, "--seed", 7, "--top-k", 50, "--top-p", 0.95);
    assertThat(out.toString()).isEqualTo(first);
    generate(20, "--seed", 8, "--top-k", 50, "--top-p", 0.95);
    assertThat(out.toString()).isNotEqualTo(first);
  }

  @Test
  void a_stop_text_ends_the_answer_and_is_not_printed() {
    generate(40, "--temperature", 0);
    String whole = out.toString();
    String stop = whole.substring(20, 24);
    assertThat(generate(40, "--temperature", 0, "--stop", stop)).isZero();
    assertThat(out.toString()).isEqualTo(whole.substring(0, whole.indexOf(stop)) + "\n");
    generate(40, "--temperature", 0, "--stop", stop, "--json");
    assertThat(out.toString()).contains("\"reason\": \"stop\"");
  }

  @Test
  void an_adapter_changes_what_is_written() {
    try (ModelFolder base = ModelFolder.load(model());
        AdapterBank bank =
            new AdapterBank(
                1, base.config(), new LoraConfig(4, 8, false, TargetModules.allLinear()))) {
      bank.initialise(0, Seeds.of(1));
      bank.factors().values().forEach(f -> f.b().assign(0.05));
      try (PeftAdapter adapter = PeftAdapter.of(base.config(), bank, 0, "tinystories")) {
        adapter.save(home.resolve("adapter"));
      }
    }
    generate(20, "--temperature", 0);
    String base = out.toString();
    assertThat(generate(20, "--temperature", 0, "--adapter", home.resolve("adapter"))).isZero();
    assertThat(out.toString()).isNotEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                          | --max-tokens must be at least 1 but was 0",
        "5 --temperature -1         | --temperature must be a number >= 0 but was -1.0",
        "5 --temperature 0 --top-k 3| --temperature 0 takes the most likely token",
        "5 --top-p 1.5              | sampling.topP must be in (0, 1] but was 1.5",
        "5 --adapter no/where       | no/where is no adapter",
        "5 --tokenizer no/where     | no/where: there is no such file or folder"
      })
  void bad_input_is_one_sentence(String more, String message) {
    assertThat(generate((Object[]) more.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("seal: " + message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void perplexity_is_measured_in_windows() throws IOException {
    Path text = home.resolve("text.txt");
    Files.writeString(
        text, "Once upon a time, there was a little girl named Lily. She loved to play outside.");
    assertThat(seal("eval", "perplexity", "--model", model(), "--text", text)).isZero();
    assertThat(out.toString())
        .matches("\\d+ tokens, 80 bytes: .* nats per token, perplexity .*, .* bits per byte\\n");
    assertThat(
            seal(
                "eval",
                "perplexity",
                "--model",
                model(),
                "--text",
                text,
                "--json",
                "--context",
                16,
                "--stride",
                4))
        .isZero();
    JsonNode json = Json.parse(out.toString(), JsonNode.class, "output");
    assertThat(json.path("bitsPerByte").asDouble()).isBetween(0.3, 2.0);
    Files.writeString(text, "");
    assertThat(seal("eval", "perplexity", "--model", model(), "--text", text)).isEqualTo(2);
    assertThat(err.toString()).contains("no token that could be predicted").hasLineCount(1);
    assertThat(seal("eval", "perplexity", "--model", model(), "--text", home.resolve("x")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("cannot read").hasLineCount(1);
  }

  @Test
  void questions_are_asked_without_their_passages() throws IOException {
    Path data = home.resolve("squad.json");
    Files.writeString(
        data,
        """
        [{"title": "Lily", "context": "Lily has a red ball.", "questions": [
          {"question": "What does Lily have?", "answer": "a red ball"},
          {"question": "Who has a ball?", "answer": "Lily"}]}]
        """);
    assertThat(seal("eval", "squad", "--model", model(), "--data", data, "--json")).isZero();
    JsonNode json = Json.parse(out.toString(), JsonNode.class, "output");
    assertThat(json.path("answers")).hasSize(2);
    assertThat(json.path("figures").path("f1").path("value").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.path("answers").get(1).path("question").asText()).isEqualTo("Who has a ball?");
    assertThat(seal("eval", "squad", "--model", model(), "--data", data, "--questions", 1))
        .isZero();
    assertThat(out.toString()).startsWith("1 questions").contains("exact-match", "token-recall");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"generate --help", "eval --help", "eval perplexity --help", "eval squad --help"})
  void every_command_has_help(String line) {
    assertThat(seal((Object[]) line.split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: seal").contains("--help");
  }

  @Test
  void eval_alone_names_what_can_be_measured() {
    assertThat(seal("eval")).isEqualTo(2);
    assertThat(err.toString()).contains("one of perplexity, squad");
  }
}
