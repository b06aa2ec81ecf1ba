package org.seal4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.seal4j.data.json.Json;
import org.seal4j.lora.text.TextModel;

/** A server of a small model, with what a test asks it by. */
public final class SmallServer implements AutoCloseable {
  /** The second in which all answers are written. */
  public static final long NOW = 1_790_000_000;

  private final Server server;
  private final SmallModel model;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private String key = "";

  private SmallServer(ServeKeys keys, SmallModel model) {
    this.model = model;
    server = Server.listen(keys, new ServerSide(() -> NOW, name -> null, log::add));
  }

  /** One that does not answer yet. */
  public static SmallServer closed(ServeKeys keys, SmallModel model) {
    return new SmallServer(keys, model);
  }

  /** One that answers, with the adapters that lie in a folder below that of the model. */
  public static SmallServer open(ServeKeys keys, SmallModel model, Path adapters) {
    return new SmallServer(keys, model).opened(adapters);
  }

  /** Answers from now on. */
  public SmallServer opened(Path adapters) {
    server.open("small", () -> TextModel.open(model.folder(), null, null), adapters);
    return this;
  }

  /** Sends this key from now on. */
  public SmallServer as(String other) {
    key = other;
    return this;
  }

  public Server server() {
    return server;
  }

  public SmallModel model() {
    return model;
  }

  /** Lines of the log so far. */
  public List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  public URI at(String path) {
    return URI.create(server.address() + path);
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /** Sends JSON, with ' for ". */
  public HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The body of an answer as JSON. */
  public static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body(), JsonNode.class, "the answer");
  }

  /** The data of server-sent events, in their order. */
  public static List<String> events(HttpResponse<String> answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring(6))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
