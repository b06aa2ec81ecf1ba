package org.seal4j.rl.teacher;

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
import org.seal4j.data.check.Shown;

/**
 * Asks a model behind an OpenAI-compatible address. A busy or failing service (status 429 or 5xx, a
 * broken or silent line) is asked again with growing waits; every other refusal ends at once.
 *
 * <p>The service is not trusted. An answer has {@value #MOST_BYTES} bytes at most, is UTF-8 and
 * JSON, and ends within {@link EndpointConfig#requestSeconds()}; one question takes {@link
 * EndpointConfig#tries()} times that and a minute between two tries, no more. Redirections are not
 * followed. The key is in no error, and in no answer that comes back. Proxies ({@code
 * -Dhttps.proxyHost}) and trust stores ({@code -Djavax.net.ssl.trustStore}) of the JVM hold. Safe
 * to use from several threads.
 */
public final class ChatClient {
  /** Longest answer, in bytes. */
  static final long MOST_BYTES = 4 << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LONGEST_WAIT_MS = 60_000;

  private final EndpointConfig config;
  private final Secret secret;
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
    this.secret = secret(config, environment);
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
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Reply(int status, byte[] body, String problem, long retryAfterMs) {
    static Reply none(String problem) {
      return new Reply(0, new byte[0], problem, 0);
    }

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
    if (!secret.isNone()) {
      request.header("Authorization", secret.authorization());
    }
    return request.build();
  }

  private Reply send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(config.requestSeconds(), TimeUnit.SECONDS);
      return new Reply(
          response.statusCode(), response.body(), problem(response), retryAfter(response));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Reply.none("no answer within %d s".formatted(config.requestSeconds()));
    } catch (ExecutionException e) {
      return broken(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw interrupted();
    }
  }

  /** A line that broke, which may be tried again, or an answer that never ends, which may not. */
  private Reply broken(Throwable cause) {
    for (Throwable why = cause; why != null; why = why.getCause()) {
      if (why instanceof LimitedBody.TooLongException) {
        throw failed("an answer of " + why.getMessage() + ", which is broken off");
      }
    }
    String words = cause.getMessage() == null ? "" : " (" + shown(cause.getMessage()) + ")";
    return Reply.none("no answer: " + cause.getClass().getSimpleName() + words);
  }

  private void await(int attempt, long atLeast) {
    double growing = 1_000 * config.backoffSeconds() * Math.pow(2, attempt - 1);
    try {
      pause.sleep(Math.min(LONGEST_WAIT_MS, Math.max(atLeast, Math.round(growing))));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private String content(byte[] body) {
    try {
      return secret.scrub(ChatAnswer.content(body));
    } catch (InputException e) {
      throw failed(shown(String.valueOf(e.getMessage())));
    }
  }

  /** What the status means where it is not one of success, and what the service says about it. */
  private String problem(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String said = shown(ChatAnswer.explanation(response.body()));
    String advice =
        switch (status) {
          case 301, 302, 303, 307, 308 ->
              "; it leads elsewhere, which is not followed: name the address itself";
          case 401, 403 ->
              config.keyVariable().isEmpty()
                  ? "; name the variable with a key in keyVariable"
                  : "; check the key in " + config.keyVariable();
          default -> "";
        };
    return "status " + status + (said.isEmpty() ? "" : " (" + said + ")") + advice;
  }

  /** Words of the service: cut, on one line, without the key. */
  private String shown(String words) {
    return Shown.text(secret.scrub(words).strip());
  }

  private static long retryAfter(HttpResponse<?> response) {
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

  private static Secret secret(EndpointConfig config, UnaryOperator<@Nullable String> environment) {
    if (config.keyVariable().isEmpty()) {
      return Secret.none();
    }
    String found = environment.apply(config.keyVariable());
    return Secret.of(found == null ? "" : found, config.keyVariable(), config.url());
  }
}
