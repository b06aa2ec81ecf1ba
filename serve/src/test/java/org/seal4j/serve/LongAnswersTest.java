package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.serve.access.ApiKey;
import org.seal4j.serve.access.Scope;

/**
 * Answers that take long: whether anybody still waits for them, and how they are seen and ended.
 */
@Timeout(120)
class LongAnswersTest {
  private static final String ANN = "a-key-for-tests-of-ann-0123456789012345";
  private static final String BEN = "a-key-for-tests-of-ben-0123456789012345";

  @TempDir Path home;
  private SmallServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() {
    server =
        EndlessAnswers.open(
            home,
            0.01,
            new ApiKey("ann", ApiKey.hash(ANN), Set.of(Scope.ASK), 1_000_000),
            new ApiKey("ben", ApiKey.hash(BEN), Set.of(Scope.ASK), 1_000_000));
    server.as(ANN);
    threads = Executors.newCachedThreadPool();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  private Future<HttpResponse<String>> asked(boolean stream) {
    return threads.submit(() -> server.post("/v1/completions", EndlessAnswers.asked(stream)));
  }

  private JsonNode job() {
    JsonNode jobs = SmallServer.json(server.get("/v1/jobs")).get("data");
    while (jobs.isEmpty()) {
      jobs = SmallServer.json(server.get("/v1/jobs")).get("data");
    }
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  private HttpResponse<String> end(String id) {
    return server.send(
        HttpRequest.newBuilder(server.at("/v1/jobs/" + id))
            .header("Authorization", "Bearer " + ANN)
            .DELETE());
  }

  private static byte[] raw() {
    byte[] body =
        EndlessAnswers.asked(false).replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
    return RawClient.post("/v1/completions", body, "Authorization: Bearer " + ANN + "\r\n");
  }

  @Test
  void empty_lines_go_before_one_that_is_long_in_coming() {
    HttpResponse<String> answer = server.post("/v1/completions", EndlessAnswers.asked(false, 4000));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("\n");
    assertThat(SmallServer.json(answer).at("/usage/completion_tokens").asInt()).isEqualTo(4000);
  }

  @Test
  void one_whose_reader_has_left_is_not_written_to_its_end() throws Exception {
    byte[] request = raw();
    new RawClient(server).leave(request, request.length, false);
    while (!server.get("/metrics").body().contains("seal_requests_cancelled_total 1\n")) {
      Thread.onSpinWait();
    }
    EndlessAnswers.await(server, 0, List.of());
    while (server.log().stream().noneMatch(line -> line.contains("/v1/completions"))) {
      Thread.onSpinWait();
    }
    assertThat(server.log()).anyMatch(line -> line.contains("ann POST /v1/completions 499 "));
  }

  @Test
  void one_that_has_begun_is_cut_where_the_server_stops() throws Exception {
    Future<String> answer = threads.submit(() -> new RawClient(server).send(raw()));
    EndlessAnswers.await(server, 1, List.of());
    while (job().get("seconds").asDouble() < 0.5) { // empty lines have gone out
      Thread.onSpinWait();
    }
    server.server().stop(0);
    assertThat(answer.get())
        .startsWith("HTTP/1.1 200")
        .contains("the server is stopping")
        .doesNotContain("\r\n0\r\n");
    assertThat(server.log()).anyMatch(line -> line.contains("ann POST /v1/completions 503 "));
  }

  @Test
  void those_of_a_key_are_shown_to_it_alone() {
    Future<HttpResponse<String>> answer = asked(true);
    JsonNode job = job();
    assertThat(job.get("kind").asText()).isEqualTo("answer");
    assertThat(job.get("model").asText()).isEqualTo("small");
    while (job.get("tokens").asInt() == 0) {
      job = job();
    }
    server.as(BEN);
    assertThat(SmallServer.json(server.get("/v1/jobs")).get("data")).isEmpty();
    server.as(ANN);
    assertThat(answer.isDone()).isFalse();
    assertThat(end(job.get("id").asText()).statusCode()).isEqualTo(200);
  }

  @Test
  void one_that_is_ended_is_what_was_written_so_far() throws Exception {
    Future<HttpResponse<String>> answer = asked(true);
    String id = job().get("id").asText();
    assertThat(end(id).body()).contains("\"ended\":true");
    List<String> events = SmallServer.events(answer.get());
    assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
    assertThat(events.get(events.size() - 2)).contains("\"finish_reason\":\"length\"");
    EndlessAnswers.await(server, 0, List.of());
    while (!SmallServer.json(server.get("/v1/jobs")).get("data").isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(end(id).statusCode()).isEqualTo(404);
    assertThat(server.log()).noneMatch(line -> line.contains("fault"));
  }

  @Test
  void nobody_ends_one_of_another_key() {
    Future<HttpResponse<String>> answer = asked(true);
    String id = job().get("id").asText();
    server.as(BEN);
    HttpResponse<String> refused =
        server.send(
            HttpRequest.newBuilder(server.at("/v1/jobs/" + id))
                .header("Authorization", "Bearer " + BEN)
                .DELETE());
    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(answer.isDone()).isFalse();
    assertThat(end(id).statusCode()).isEqualTo(200);
  }
}
