package org.seal4j.rl.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Asks a model behind an OpenAI-compatible address. A busy or failing service (status 429 or 5xx, a
 * broken or silent line) is asked again with growing waits; every other refusal ends at once. The
 * errors name address and status, never the key. Follows no redirection. Safe to use from several
 * threads.
 */
public final class ChatClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LONGEST_WAIT_MS = 60_000;
  private static final int SHOWN = 200;

  private final EndpointConfig config;
  private final String key;
  private final Pause pause;
  private final HttpClient http;

  /** Waits between two tries. */
  @FunctionalInterface
  interface Pause {
    /** Waits so many milliseconds. */
    void sleep(long milliseconds) throws InterruptedException;
  }

  ChatClient(EndpointConfig config, UnaryOperator<@Nullable String> environment, Pause pause) {
    this.config = config;
    this.key = key(config, environment);
    this.pause = pause;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(config.connectSeconds()))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * A client of this address.
   *
   * @throws InputException when the environment lacks the key
   */
  public static ChatClient open(EndpointConfig config) {
    return new ChatClient(config, System::getenv, Thread::sleep);
  }

  /**
   * The answer to one message of a user.
   *
   * @throws InputException when the service refuses, stays silent, or answers with anything else
   */
  public String ask(String prompt, Sampling sampling) {
    HttpRequest request = request(prompt, sampling);
    String problem = "";
    for (int attempt = 1; attempt <= config.tries(); attempt++) {
      Reply reply = send(request);
      if (reply.isSuccess()) {
        return content(reply.body());
      }
      problem = reply.problem();
      if (!reply.mayPass()) {
        throw failed(problem);
      }
      if (attempt < config.tries()) {
        await(attempt, reply.retryAfterMs());
      }
    }
    throw failed(problem + ", after %d tries".formatted(config.tries()));
  }

  /** What came back, or what went wrong: status 0 where no answer came. */
  private record Reply(int status, String body, String problem, long retryAfterMs) {
    boolean isSuccess() {
      return status / 100 == 2;
    }

    boolean mayPass() {
      return status == 0 || status == 429 || status >= 500;
    }
  }

  private HttpRequest request(String prompt, Sampling sampling) {
    ObjectNode body = JSON.createObjectNode();
    body.put("model", config.model());
    body.putArray("messages").addObject().put("role", "user").put("content", prompt);
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    body.put("max_tokens", sampling.maxTokens());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.completions())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  private Reply send(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(config.requestSeconds(), TimeUnit.SECONDS);
      int status = response.statusCode();
      return new Reply(
          status,
          response.body(),
          "status " + status + said(response.body()),
          retryAfter(response));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply(0, "", "no answer within %d s".formatted(config.requestSeconds()), 0);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String words = cause.getMessage() == null ? "" : " (" + redacted(cause.getMessage()) + ")";
      return new Reply(0, "", "no answer: " + cause.getClass().getSimpleName() + words, 0);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted();
    }
  }

  private void await(int attempt, long atLeast) {
    double growing = 1_000 * config.backoffSeconds() * Math.pow(2, attempt - 1);
    try {
      pause.sleep(Math.min(LONGEST_WAIT_MS, Math.max(atLeast, Math.round(growing))));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private String content(String body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw failed("an answer that is not JSON");
    }
    JsonNode content = root.path("choices").path(0).path("message").path("content");
    if (!content.isTextual()) {
      throw failed("an answer without the text choices[0].message.content");
    }
    return content.textValue();
  }

  /** What the service says about an error, cut, without the key. */
  private String said(String body) {
    try {
      String message = JSON.readTree(body).path("error").path("message").asText("");
      String clean = redacted(message.lines().findFirst().orElse(""));
      return clean.isEmpty()
          ? ""
          : " (" + clean.substring(0, Math.min(SHOWN, clean.length())) + ")";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private String redacted(String text) {
    return key.isEmpty() ? text : text.replace(key, "<key>");
  }

  private static long retryAfter(HttpResponse<String> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    return header.filter(text -> text.matches("\\d{1,6}")).map(Long::parseLong).orElse(0L) * 1_000;
  }

  private InputException failed(String problem) {
    return Checks.refuse(
        "the model '%s' at %s gave %s", config.model(), config.completions(), problem);
  }

  private InputException interrupted() {
    Thread.currentThread().interrupt();
    return failed("no answer: interrupted");
  }

  private static String key(EndpointConfig config, UnaryOperator<@Nullable String> environment) {
    if (config.keyVariable().isEmpty()) {
      return "";
    }
    String found = environment.apply(config.keyVariable());
    String value = found == null ? "" : found.strip();
    Checks.require(
        !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 127),
        "the environment variable %s, which keyVariable names, holds no key for %s; set it"
            + " to one word of plain characters",
        config.keyVariable(),
        config.url());
    return value;
  }
}
