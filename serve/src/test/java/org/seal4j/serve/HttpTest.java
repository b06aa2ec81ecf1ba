package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.serve.http.HttpLimits;

/** How requests of any kind are refused, before and after the model is there. */
class HttpTest {
  private static final HttpLimits LIMITS = new HttpLimits(4096, 8192, 10, 6, 2, 2, 2);

  @TempDir Path home;
  private SmallServer server;

  @BeforeEach
  void start() {
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            new AnswerKeys(600, 500, 1, 0, 1024, 0, 2, 1),
            LIMITS,
            local.adapters(),
            null,
            List.of());
    server = SmallServer.closed(keys, SmallModel.at(home.resolve("model")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void open() {
    server.opened(home.resolve("adapters"));
  }

  private void assertRefused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = json(answer).path("error");
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(error.path("type").asText())
        .isEqualTo(status == 503 ? "unavailable_error" : "invalid_request_error");
    assertThat(error.has("param") && error.has("code")).isTrue();
    assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
  }

  @Test
  void while_the_model_is_read_the_truth_is_told() {
    HttpResponse<String> health = server.get("/health");
    assertRefused(health, 503);
    assertThat(health.headers().firstValue("Retry-After")).isPresent();
    assertRefused(server.post("/v1/chat/completions", "{}"), 503);
    assertThat(server.get("/metrics").body()).contains("seal_ready 0");
    open();
    assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(server.get("/metrics").body()).contains("seal_ready 1");
  }

  @Test
  void paths_and_methods_that_are_not_there_are_told() {
    open();
    assertRefused(server.get("/v2/models"), 404);
    assertRefused(server.get("/v1/models/a/b"), 404);
    HttpResponse<String> wrong = server.get("/v1/chat/completions");
    assertRefused(wrong, 405);
    assertThat(wrong.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void HEAD_is_answered_like_GET_without_a_body() {
    open();
    HttpResponse<String> health = server.send(head("/health"));
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEmpty();
    assertThat(server.send(head("/v1/models/no-such")).statusCode()).isEqualTo(404);
    assertThat(server.send(head("/v1/completions")).statusCode()).isEqualTo(405);
  }

  private HttpRequest.Builder head(String path) {
    return HttpRequest.newBuilder(server.at(path))
        .method("HEAD", HttpRequest.BodyPublishers.noBody());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | not json",
        "400 | [1]",
        "400 | {'model':'small'",
        "400 | {'model':'small','model':'small','prompt':'x'}",
        "400 | {'a':[[[[[[[[[[[1]]]]]]]]]]]}",
        "400 | {'prompt':'x'}",
        "400 | {'model':7,'prompt':'x'}",
        "400 | null",
        "400 | ''"
      })
  void bodies_that_are_no_json_object_are_refused(int status, String body) {
    open();
    assertRefused(server.post("/v1/completions", body), status);
  }

  @Test
  void what_does_not_say_that_it_is_json_is_refused_so_that_no_page_can_send_it() {
    open();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.at("/v1/unload_lora_adapter"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"lora_name\":\"x\"}"));
    assertRefused(server.send(request), 415);
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    open();
    byte[] body = "{\"model\":\"small\",\"prompt\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 3] = (byte) 0xff;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.at("/v1/completions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    assertRefused(server.send(request), 400);
  }

  @Test
  void a_body_that_is_too_long_is_refused_whether_it_says_its_length_or_not() throws Exception {
    open();
    String line =
        "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    assertThat(raw(line + "Content-Length: 5000\r\n\r\n")).startsWith("HTTP/1.1 413");
    assertThat(
            raw(
                line
                    + "Transfer-Encoding: chunked\r\n\r\n1388\r\n"
                    + "x".repeat(5000)
                    + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void a_head_that_is_too_long_is_refused() throws Exception {
    open();
    String answer =
        raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431");
    for (String more : List.of("X: " + "x".repeat(400_000) + "\r\n", "X: 1\r\n".repeat(250))) {
      assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n"))
          .as("%d bytes", more.length())
          .startsWith("HTTP/1.1 431");
    }
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void a_host_that_is_not_its_own_is_refused_so_that_no_name_can_be_bound_to_it_again()
      throws Exception {
    open();
    assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: LOCALHOST:80\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
    HttpResponse<String> answer = server.get("/v1/models");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  @Tag("slow")
  void a_client_that_sends_too_slowly_is_let_go() throws Exception {
    open();
    long began = System.nanoTime();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Socket socket = socket();
        socket
            .getOutputStream()
            .write(
                "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      for (Socket socket : slow) {
        assertThat(socket.getInputStream().readAllBytes()).isEmpty();
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  @Tag("slow")
  void a_client_that_goes_away_stops_costing() throws Exception {
    open();
    String body =
        "{\"model\":\"small\",\"prompt\":\"x\",\"max_tokens\":600,\"stream\":true,\"seed\":%d}";
    int gone = 0;
    for (int seed = 1; seed <= 5; seed++) {
      String json = body.formatted(seed);
      try (Socket socket = socket()) {
        socket
            .getOutputStream()
            .write(
                ("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json)
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readNBytes(200);
        gone++;
      }
    }
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!server.get("/metrics").body().contains("seal_requests_running 0\n")
        && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    assertThat(server.get("/metrics").body())
        .contains("seal_requests_running 0\n")
        .contains("seal_requests_waiting 0\n");
    assertThat(gone).isEqualTo(5);
    assertThat(server.log()).noneMatch(line -> line.contains("fault"));
    assertThat(
            server
                .post("/v1/completions", "{'model':'small','prompt':'x','max_tokens':2}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @Tag("slow")
  void more_than_may_wait_are_told_to_come_back() throws Exception {
    open();
    HttpClient client = HttpClient.newHttpClient();
    List<java.util.concurrent.CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    String body =
        "{\"model\":\"small\",\"prompt\":\"x\",\"max_tokens\":600,\"logprobs\":1,\"seed\":1}";
    for (int i = 0; i < 40; i++) {
      all.add(
          client.sendAsync(
              HttpRequest.newBuilder(server.at("/v1/completions"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    List<Integer> statuses = new ArrayList<>();
    for (var one : all) {
      HttpResponse<String> answer = one.get();
      statuses.add(answer.statusCode());
      if (answer.statusCode() != 200) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      }
    }
    assertThat(statuses).contains(200).isSubsetOf(200, 429, 503);
    assertThat(statuses).containsAnyOf(429, 503);
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
  }

  /** Bodies that were spoiled at random never make the server fail. */
  @Test
  @Tag("slow")
  void spoiled_bodies_are_refused_or_answered_and_never_a_fault() {
    open();
    Rng rng = TestSeeds.of("spoiled bodies", 1).child("spoil").rng();
    String good =
        "{'model':'small','messages':[{'role':'user','content':'To be?'}],'max_tokens':2,"
            + "'temperature':0.5,'stop':['x'],'seed':3,'logprobs':true,'top_logprobs':2,"
            + "'stream_options':{'include_usage':true},'stream':false}";
    String letters = "{}[]:,'\\0123456789.-eE+truefalsnu \u00e9\ud83d\ude00";
    int answered = 0;
    for (int i = 0; i < 1500; i++) {
      StringBuilder body = new StringBuilder(good);
      for (int k = rng.nextInt(4); k >= 0; k--) {
        int at = rng.nextInt(body.length());
        if (rng.nextInt(2) == 0) {
          body.deleteCharAt(at);
        } else {
          body.setCharAt(at, letters.charAt(rng.nextInt(letters.length())));
        }
      }
      HttpResponse<String> answer = server.post("/v1/chat/completions", body.toString());
      assertThat(answer.statusCode()).as(body + "\n" + answer.body()).isIn(200, 400, 404);
      answered += answer.statusCode() == 200 ? 1 : 0;
    }
    assertThat(answered).isBetween(1, 1499);
    assertThat(server.log()).noneMatch(line -> line.contains("fault"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/openapi.json"})
  void the_page_and_the_description_of_the_addresses_need_no_model(String path) {
    HttpResponse<String> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .isPresent()
        .get()
        .asString()
        .contains("default-src 'none'");
  }

  private Socket socket() throws IOException {
    URI at = server.at("/");
    Socket socket = new Socket(at.getHost(), at.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException e) {
        return "";
      }
      InputStream in = socket.getInputStream();
      byte[] head = new byte[400];
      int read = 0;
      try {
        read = in.readNBytes(head, 0, 15);
        if (read == 15) {
          read += Math.max(0, in.read(head, 15, head.length - 15));
        }
      } catch (IOException e) {
        // reset before all was read
      }
      return new String(head, 0, read, StandardCharsets.US_ASCII);
    }
  }
}
