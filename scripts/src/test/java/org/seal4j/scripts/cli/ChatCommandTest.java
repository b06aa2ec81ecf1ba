package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.scripts.run.Experiments;

/** {@code seal generate --chat} and {@code seal eval squad --chat}, and how tokens are drawn. */
class ChatCommandTest {
  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role + '\\n' + m.content }}<|im_end|>{{ '\\n' }}"
          + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant{{ '\\n' }}{% endif %}";

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write_a_model_that_knows_conversations() throws IOException {
    TrainedBpe trained =
        BpeTrainer.train(
            List.of("To be, or not to be: that is the question."),
            BpeTrainerConfig.bytes(280)
                .withSpecials(List.of("</s>", "<|im_start|>", "<|im_end|>"), "", "</s>"));
    int vocabulary = trained.tokenizer().vocabSize();
    try (Weights weights =
        Weights.random(ModelConfig.small(vocabulary, 16, 2, 2, 24), 0.7, 1, Seeds.of(4))) {
      ModelFolder.save(weights, 900, List.of(0), model());
    }
    trained.write(model());
    Files.writeString(model().resolve("chat_template.jinja"), TEMPLATE);
  }

  private Path model() {
    return home.resolve("model");
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
    List<Object> words =
        new ArrayList<>(List.of("generate", "--model", model(), "--max-tokens", 40, "--quiet"));
    words.addAll(List.of(more));
    return seal(words.toArray());
  }

  private String text(Object... more) {
    assertThat(generate(more)).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  @Tag("slow")
  void a_chat_is_asked_in_the_form_of_the_template() {
    String chat = text("--chat", "--prompt", "To be?");
    String form = "<|im_start|>user\\nTo be?<|im_end|>\\n<|im_start|>assistant\\n";
    assertThat(chat)
        .isEqualTo(text("--prompt", form, "--stop", "<|im_end|>"))
        .isNotEqualTo(text("--prompt", "To be?"));
    String led = text("--chat", "--system", "Be\\nbrief.", "--prompt", "To be?");
    String system = "<|im_start|>system\\nBe\\nbrief.<|im_end|>\\n";
    assertThat(led)
        .isEqualTo(text("--prompt", system + form, "--stop", "<|im_end|>"))
        .isNotEqualTo(chat);
  }

  @Test
  @Tag("slow")
  void what_json_prints_goes_on_as_messages() throws IOException {
    String first = text("--chat", "--system", "Be brief.", "--prompt", "To be?", "--json");
    JsonNode json = Json.parse(first, JsonNode.class, "output");
    assertThat(json.path("messages")).hasSize(3);
    assertThat(json.path("messages").get(2).path("content").asText())
        .isEqualTo(json.path("text").asText());
    Path talk = Files.writeString(home.resolve("talk.json"), first);
    String second = text("--chat", "--messages", talk, "--prompt", "Or not?", "--json");
    assertThat(Json.parse(second, JsonNode.class, "output").path("messages")).hasSize(5);
    Path asked = home.resolve("asked.json");
    Files.writeString(
        asked,
        """
        [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "To be?"}]
        """);
    assertThat(text("--chat", "--messages", asked, "--json")).isEqualTo(first);
  }

  @Test
  @Tag("slow")
  void json_tells_how_likely_each_token_was() {
    String line = text("--prompt", "To be", "--json", "--logprobs", 3, "--temperature", 0);
    JsonNode json = Json.parse(line, JsonNode.class, "output");
    JsonNode all = json.path("logProbs");
    assertThat(all).hasSameSizeAs(json.path("tokens")).isNotEmpty();
    double sum = 0;
    for (int i = 0; i < all.size(); i++) {
      JsonNode one = all.get(i);
      assertThat(one.path("token").asInt()).isEqualTo(json.path("tokens").get(i).asInt());
      assertThat(one.path("likeliest")).hasSize(3);
      // The most likely token was taken: it stands first, as likely but for rounding.
      assertThat(one.path("likeliest").get(0).path("token")).isEqualTo(one.path("token"));
      assertThat(one.path("likeliest").get(0).path("text")).isEqualTo(one.path("text"));
      assertThat(one.path("likeliest").get(0).path("logProb").asDouble())
          .isCloseTo(one.path("logProb").asDouble(), within(1e-6));
      sum += one.path("logProb").asDouble();
    }
    assertThat(sum / all.size()).isCloseTo(json.path("meanLogProb").asDouble(), within(1e-9));
    assertThat(text("--prompt", "To be", "--json", "--temperature", 0)).doesNotContain("logProbs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prompt y --logprobs 2|--logprobs is printed with --json alone",
        "--prompt y --json --logprobs 21|--logprobs must be 0 to 20 but was 21",
        "--system x --prompt y|--system and --messages go with --chat",
        "--chat|name the text to continue",
        "--chat --messages talk.json|name the text to continue",
        "--chat --system x --messages system.json --prompt y|and --system is another; keep one",
        "--chat --messages none.json --prompt y|none.json",
        "--prompt y --min-p 1.5|sampling.minP must be in [0, 1]",
        "--prompt y --temperature 0 --min-p 0.1|--top-k, --top-p and --min-p have no effect",
        "--prompt y --repetition-penalty 0|the repetition penalty must be a number > 0",
        "--prompt y --presence-penalty 3|the presence penalty must be between -2 and 2",
        "--prompt y --frequency-penalty -3|the frequency penalty must be between -2 and 2"
      })
  @Tag("slow")
  void what_does_not_fit_is_one_sentence(String line, String message) throws IOException {
    String talk = "[{\"role\": \"assistant\", \"content\": \"x\"}]";
    Files.writeString(home.resolve("talk.json"), talk);
    Files.writeString(home.resolve("system.json"), talk.replace("assistant", "system"));
    Object[] words =
        List.of(line.split(" ")).stream()
            .map(word -> word.endsWith(".json") ? home.resolve(word) : word)
            .toArray();
    assertThat(generate(words)).isEqualTo(2);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_model_without_a_template_says_so() throws IOException {
    Files.delete(model().resolve("chat_template.jinja"));
    assertThat(generate("--chat", "--prompt", "To be?")).isEqualTo(2);
    assertThat(err.toString()).contains("no chat template here").hasLineCount(1);
  }

  @Test
  @Tag("slow")
  void whatever_is_made_of_a_model_carries_tokenizer_and_template() {
    String own = text("--chat", "--prompt", "To be?");
    Path gguf = home.resolve("model.gguf");
    Path folder = home.resolve("folder");
    Path back = home.resolve("back");
    assertThat(
            seal("export", "--format", "gguf", "--type", "f32", "--model", model(), "--out", gguf))
        .as(err.toString())
        .isZero();
    assertThat(seal("export", "--format", "hf", "--model", model(), "--out", folder)).isZero();
    assertThat(seal("import", gguf, "--out", back)).isZero();
    for (Path made : List.of(gguf, folder, back)) {
      Object[] line = {
        "generate", "--max-tokens", 40, "--quiet", "--model", made, "--chat", "--prompt", "To be?"
      };
      assertThat(seal(line)).as(err.toString()).isZero();
      assertThat(out.toString()).as(made.toString()).isEqualTo(own);
    }
  }

  @Test
  @Tag("slow")
  void penalties_and_min_p_change_what_is_written_and_their_defaults_do_not() {
    String plain = text("--prompt", "To be");
    assertThat(
            text(
                "--prompt",
                "To be",
                "--min-p",
                0,
                "--repetition-penalty",
                1,
                "--presence-penalty",
                0,
                "--frequency-penalty",
                0))
        .isEqualTo(plain);
    for (String option :
        List.of(
            "--min-p=0.3",
            "--repetition-penalty=1.5",
            "--presence-penalty=2",
            "--frequency-penalty=2")) {
      assertThat(text("--prompt", "To be", option)).as(option).isNotEqualTo(plain);
    }
  }

  @Test
  @Tag("slow")
  void questions_are_asked_as_a_chat() throws IOException {
    Path data = home.resolve("squad.json");
    Files.writeString(
        data,
        """
        {"version": "1.1", "data": [{"title": "Ulm", "paragraphs": [{"context": "Ulm lies here.",
          "qas": [{"id": "1", "question": "Where?", "answers": [{"text": "here",
            "answer_start": 9}]}]}]}]}
        """);
    Object[] plain = {"eval", "squad", "--model", model(), "--data", data, "--json"};
    assertThat(seal(plain)).as(err.toString()).isZero();
    String without = out.toString();
    Object[] chat = {"eval", "squad", "--model", model(), "--data", data, "--json", "--chat"};
    assertThat(seal(chat)).as(err.toString()).isZero();
    String with = out.toString();
    assertThat(with).isNotEqualTo(without).contains("\"question\": \"Where?\"");
    Object[] led = {
      "eval", "squad", "--model", model(), "--data", data, "--json", "--chat", "--system", "Ulm!"
    };
    assertThat(seal(led)).as(err.toString()).isZero();
    assertThat(out.toString()).isNotEqualTo(with);
  }
}
