package org.seal4j.serve.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.seal4j.data.json.Json;

/** Chromium without a window, told by its debugging protocol what to do on one page. */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private int calls;

  private Browser(Process process, String address) {
    this.process = process;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Ears())
            .join();
  }

  /** Puts pieces of a message together. */
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder whole = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      whole.append(text);
      if (last) {
        messages.add(whole.toString());
        whole.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** The program, where there is one on this machine. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page. */
  static Browser open(Path program, Path home, URI page) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--window-size=1200,800",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + home,
                page.toString()));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("browser.log").toFile())
            .start();
    try {
      Path port = home.resolve("DevToolsActivePort");
      String pages = "";
      for (int i = 0; i < 300 && !pages.contains("webSocketDebuggerUrl"); i++) {
        Thread.sleep(100);
        if (Files.exists(port) && Files.readAllLines(port).size() > 0) {
          pages = get("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        }
      }
      for (JsonNode one : Json.parse(pages, JsonNode.class, "the browser's pages")) {
        if (one.path("type").asText().equals("page")) {
          return new Browser(process, one.path("webSocketDebuggerUrl").asText());
        }
      }
      throw new IllegalStateException("the browser shows no page: " + pages);
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String get(String address) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }

  /** The result of an expression of JavaScript, as text. */
  String evaluate(String expression) throws InterruptedException {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.path("result").has("exceptionDetails")) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.at("/result/result/value").asText();
  }

  /** Waits until an expression is true. */
  void await(String expression) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (evaluate("String(Boolean(" + expression + "))").equals("true")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "never true: " + expression + "\n" + evaluate("document.body.innerText"));
  }

  /** What the page looks like, as PNG. */
  byte[] picture() throws InterruptedException {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of()).at("/result/data").asText());
  }

  private JsonNode call(String method, Map<String, Object> params) throws InterruptedException {
    int id = ++calls;
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("id", id);
    call.put("method", method);
    call.put("params", params);
    socket.sendText(Json.line(call), true).join();
    while (true) {
      String message = messages.poll(30, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("the browser does not answer " + method);
      }
      JsonNode json = Json.parse(message, JsonNode.class, "the browser's answer");
      if (json.path("id").asInt() == id) {
        return json;
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
