package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.scripts.run.Experiments;

/** {@code --weights} of the commands that write and score. */
class WeightFormTest {
  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;
  private Path adapter;

  @BeforeEach
  void write_a_model_and_an_adapter() {
    TalkingModel talking = TalkingModel.at(home.resolve("model"));
    model = talking.folder();
    adapter = talking.adapter(home.resolve("adapter"), 1);
  }

  private int seal(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> words = Arrays.stream(args).map(Object::toString).toList();
    Seal seal = new Seal(new Experiments(List.of()), Optional.of(home), (again, env) -> 99);
    return seal.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed", "bf16", "int8", "INT8"})
  @Tag("slow")
  void every_command_that_writes_takes_a_form(String form) {
    assertThat(
            seal(
                "generate",
                "--model",
                model,
                "--adapter",
                adapter,
                "--weights",
                form,
                "--prompt",
                "To be",
                "--max-tokens",
                9,
                "--temperature",
                0,
                "--quiet"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).isNotBlank();
    assertThat(
            seal(
                "ask",
                "--model",
                model,
                "--adapter",
                "none",
                "--adapter",
                adapter,
                "--weights",
                form,
                "--max-tokens",
                9,
                "To be?"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).isNotBlank();
  }

  @Test
  @Tag("slow")
  void a_text_is_scored_with_the_rounded_numbers() throws IOException {
    Path text = Files.writeString(home.resolve("text.txt"), "to be that question or not");
    double own = perplexity(text, "float32");
    for (String form : List.of("bf16", "int8")) {
      assertThat(perplexity(text, form)).isNotEqualTo(own).isBetween(0.9 * own, 1.1 * own);
    }
  }

  private double perplexity(Path text, String form) {
    assertThat(
            seal(
                "eval",
                "perplexity",
                "--model",
                model,
                "--text",
                text,
                "--weights",
                form,
                "--json"))
        .as(err.toString())
        .isZero();
    return Json.parse(out.toString(), JsonNode.class, "output").path("perplexity").asDouble();
  }

  @Test
  void another_form_is_refused_with_those_that_there_are() {
    assertThat(seal("generate", "--model", model, "--prompt", "a", "--weights", "int4"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("--weights", "float32, packed, bf16, int8", "'int4'")
        .doesNotContain("\tat ");
  }
}
