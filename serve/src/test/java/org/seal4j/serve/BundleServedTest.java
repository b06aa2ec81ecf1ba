package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundledModel;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;

/** A bundle of adapters under one name. */
class BundleServedTest {
  @TempDir static Path home;
  private static SmallModel small;
  private static SmallServer server;

  @BeforeAll
  static void start() {
    small = SmallModel.at(home.resolve("model"));
    small.bundle(
        home.resolve("adapters/notes/bundle"),
        Map.of(
            "mill.md/1", "The mill of Tarn Hill burned in 1911.",
            "orchard.txt/1", "The orchard was planted by Maud Ferris.",
            "pump.md/1", "The pump is oiled each Monday."));
    server = SmallServer.open(ServeKeys.local(0), small, home.resolve("adapters"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> ask(String model, String question) {
    return server.post(
        "/v1/completions",
        "{'model':'%s','prompt':'%s','seed':3,'max_tokens':12}".formatted(model, question));
  }

  private static String alone(String question) {
    try (TextModel model = TextModel.open(small.folder(), null, null)) {
      Bundle bundle = Bundle.open(home.resolve("adapters/notes/bundle"));
      try (BundledModel bundled = BundledModel.open(bundle, model, bundle.contents().way())) {
        Route route = bundled.route(question);
        try (TextModel adapted = bundled.adapted(route)) {
          return Completion.of(
                  adapted,
                  question,
                  new Completion.Request(Sampling.at(1), 12, List.of(), 3),
                  piece -> {})
              .text();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Has the mill of Tarn Hill burned?, mill.md",
    "Who planted the orchard?, orchard.txt",
    "How often is the pump oiled?, pump.md"
  })
  void a_question_is_answered_by_the_adapter_of_its_passage(String question, String document) {
    HttpResponse<String> answer = ask("notes", question);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/choices/0/text").asText()).isEqualTo(alone(question));
    assertThat(answer.headers().firstValue("X-Seal-Passages"))
        .isPresent()
        .get()
        .asString()
        .startsWith(document + "%2F1%40");
    assertThat(json(answer).path("model").asText()).matches("notes@[0-9a-f]{12}");
  }

  @Test
  void what_no_passage_is_about_is_answered_by_the_model_itself() {
    String question = "Zebra xylophone?";
    HttpResponse<String> answer = ask("notes", question);
    assertThat(answer.headers().firstValue("X-Seal-Passages")).isEmpty();
    assertThat(json(answer).at("/choices/0/text"))
        .isEqualTo(json(ask("small", question)).at("/choices/0/text"));
  }

  @Test
  void a_bundle_is_listed_and_cannot_be_weighted_or_replaced() {
    assertThat(json(server.get("/v1/models")).path("data").findValuesAsText("id"))
        .containsExactly("small", "notes");
    assertThat(ask("notes*0.5", "x").statusCode()).isEqualTo(400);
    assertThat(ask("notes@00000000", "x").statusCode()).isEqualTo(400);
    small.adapter(home.resolve("adapters/incoming/a"), 3);
    HttpResponse<String> load =
        server.post(
            "/v1/load_lora_adapter",
            "{'lora_name':'notes','lora_path':'incoming/a','load_inplace':true}");
    assertThat(load.statusCode()).isEqualTo(400);
    assertThat(load.body()).contains("bundle");
  }
}
