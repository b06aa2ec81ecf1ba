package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client sends, one by one: each is refused or answered, and harms no other. */
class StrangeRequestsTest {
  private static final String ASK = "{'model':'%s','prompt':'To be','seed':1,'max_tokens':6}";

  @TempDir Path home;
  private SmallServer server;
  private RawClient raw;

  @BeforeEach
  void start() {
    SmallModel model = SmallModel.at(home.resolve("model"));
    model.adapter(home.resolve("adapters/law"), 3);
    server = SmallServer.open(ServeKeys.local(0), model, home.resolve("adapters"));
    raw = new RawClient(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertWell() {
    assertThat(server.log()).noneMatch(line -> line.contains("fault"));
    HttpResponse<String> answer = server.post("/v1/completions", ASK.formatted("law"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seven", "-", "1e3", "12345678901234567890", "3"})
  void a_length_beside_chunks_is_refused(String length) throws IOException {
    String answer =
        raw.send(
            "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\nContent-Length: "
                + length
                + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
    assertWell();
  }

  @ParameterizedTest
  @CsvSource({
    "GET mailto:x HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "GET http://localhost/health HTTP/1.1",
    "GET //health HTTP/1.1",
    "GET /%00 HTTP/1.1",
    "GET /v1/models/%0d%0aX:y HTTP/1.1",
    "GET /%zz HTTP/1.1",
    "GET /v1/models/%ff HTTP/1.1",
    "GET /health HTTP/9.9",
    "GET /health",
    "GET",
    "HEAD /health HTTP/1.1",
    "PRI * HTTP/2.0",
    "''"
  })
  void lines_that_ask_for_strange_things_end(String line) throws IOException {
    String answer = raw.send(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).doesNotContain(" 500 ");
    assertWell();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "law*1e30",
        "law*1e308",
        "law*-1e38",
        "law*1e-320",
        "law*0",
        "law*-0.0",
        "law*3e38"
      })
  void weights_of_any_size_harm_no_other_answer(String model) {
    String before = server.post("/v1/completions", ASK.formatted("law")).body();
    HttpResponse<String> answer = server.post("/v1/completions", ASK.formatted(model));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    assertWell();
    String after = server.post("/v1/completions", ASK.formatted("law")).body();
    assertThat(text(after)).isEqualTo(text(before));
  }

  private static String text(String body) {
    return body.replaceAll("\"id\":\"[^\"]*\"", "");
  }

  @Test
  void http_1_0_gets_a_stream_to_the_end_of_the_connection() throws IOException {
    String body = ASK.formatted("law").replace("6}", "6,'stream':true}").replace('\'', '"');
    String answer =
        raw.send(
            "POST /v1/completions HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answer).startsWith("HTTP/1.").contains(" 200 ").contains("data: [DONE]\n\n");
    assertThat(answer).doesNotContain("Transfer-encoding: chunked");
    assertWell();
  }

  @Test
  void requests_sent_in_one_go_are_answered_in_their_order() throws IOException {
    String answer =
        raw.send(
            "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(answer.indexOf("HTTP/1.1 404")).isBetween(1, answer.lastIndexOf("HTTP/1.1 200"));
    assertWell();
  }

  @Test
  void a_second_host_does_not_let_another_name_in() throws IOException {
    String answer =
        raw.send(
            "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close"
                + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 40");
    assertWell();
  }

  @Test
  void lone_halves_of_characters_and_controls_are_refused_or_read() {
    for (String name : new String[] {"\\ud800", "\\u0000", "law\\r\\nX: y", "law@\\ud800\\ud800"}) {
      String body = ASK.formatted(name);
      assertThat(server.post("/v1/completions", body).statusCode()).as(name).isIn(400, 404);
      String load = "{'lora_name':'tax','lora_path':'%s'}".formatted(name);
      assertThat(server.post("/v1/load_lora_adapter", load).statusCode()).as(name).isIn(400, 404);
      String text = "{'content':'%s','messages':null}".formatted(name);
      assertThat(server.post("/tokenize", text).statusCode()).as(name).isIn(200, 400);
    }
    assertWell();
  }

  @Test
  void a_body_that_is_one_long_word_is_read_soon() {
    String word = "a".repeat(1 << 20);
    long began = System.nanoTime();
    HttpResponse<String> answer = server.post("/tokenize", "{'content':'" + word + "'}");
    assertThat(answer.statusCode()).isIn(200, 400);
    double seconds = (System.nanoTime() - began) * 1e-9;
    assertThat(seconds).isLessThan(20);
    assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length).isPositive();
  }
}
