package org.seal4j.rl.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chat service with the interface of OpenAI's on 127.0.0.1, which gives prepared answers in their
 * order, or those of a rule. Where it has none left it does not answer until it is closed.
 */
public final class FakeChat implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final LinkedBlockingDeque<Sender> answers = new LinkedBlockingDeque<>();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final @Nullable Function<JsonNode, String> rule;
  private final HttpServer server;

  /** Sends an answer, of whatever form, for as long as it likes. */
  @FunctionalInterface
  public interface Sender {
    /** Answers one request; the exchange is closed by the caller. */
    void send(HttpExchange exchange) throws IOException;
  }

  /** A service whose answers are prepared. */
  public FakeChat() {
    this(null);
  }

  /**
   * @param rule the text of the answer to a request; null for prepared answers
   */
  public FakeChat(@Nullable Function<JsonNode, String> rule) {
    this.rule = rule;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** The address to configure, without {@code /chat/completions}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Prepares an answer with this text. */
  public FakeChat says(String content) {
    return gives(200, completion(content), Map.of());
  }

  /** Prepares any answer. */
  public FakeChat gives(int status, String body, Map<String, String> headers) {
    return sends(prepared(status, body, headers));
  }

  /** Prepares an answer that is sent by hand. */
  public FakeChat sends(Sender sender) {
    answers.add(sender);
    return this;
  }

  /** The bodies of all requests so far, in order. */
  public List<JsonNode> asked() {
    return Collections.unmodifiableList(asked);
  }

  /** The header {@code Authorization} of all requests so far, empty where one had none. */
  public List<String> authorizations() {
    return Collections.unmodifiableList(authorizations);
  }

  private static String completion(String content) {
    var body = JSON.createObjectNode();
    var message = body.putArray("choices").addObject().putObject("message");
    message.put("role", "assistant").put("content", content);
    return body.toString();
  }

  private @Nullable Sender answer(JsonNode request) {
    return rule == null ? answers.poll() : prepared(200, completion(rule.apply(request)), Map.of());
  }

  private static Sender prepared(int status, String text, Map<String, String> headers) {
    return exchange -> {
      headers.forEach(exchange.getResponseHeaders()::set);
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      asked.add(request);
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(key == null ? "" : key);
      Sender answer = answer(request);
      if (answer == null) {
        closed.await();
        return;
      }
      answer.send(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
