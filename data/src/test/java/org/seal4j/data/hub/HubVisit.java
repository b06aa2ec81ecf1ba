package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.testing.HubServer;

/** A hub of the tests with one model, somebody who fetches from it, and what they notice. */
final class HubVisit implements AutoCloseable {
  static final String REPOSITORY = "owner/tiny";
  static final int WEIGHTS = 300_000;

  final HubServer hub = new HubServer();
  final List<Long> waits = new ArrayList<>();
  final List<Long> steps = new ArrayList<>();
  final Path cache;
  private final Map<String, String> environment = new HashMap<>();

  HubVisit(Path home) {
    cache = home.resolve("hub");
    environment.put("HF_HOME", home.toString());
    environment.put("HF_ENDPOINT", hub.url());
  }

  HubVisit with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  HubSettings settings() {
    return HubSettings.of(environment::get);
  }

  /** What the model of these tests consists of, and a few files that nobody needs. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("README.md", text("# Tiny"));
    files.put("config.json", text("{\"model_type\": \"llama\"}"));
    files.put("generation_config.json", text("{\"eos_token_id\": 2}"));
    files.put("model.safetensors", bytes(WEIGHTS));
    files.put("pytorch_model.bin", bytes(1000));
    files.put("tokenizer.json", text("{}"));
    files.put("tokenizer_config.json", text("{\"x\": 1}"));
    files.put("onnx/model.onnx", text("o"));
    return files;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Always the same bytes, since their hashes stand in golden listings. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i ^ i >> 8);
    }
    return bytes;
  }

  HubFetch.Fetched fetch(String name) {
    return fetch(HubName.parse(name));
  }

  HubFetch.Fetched fetch(HubName name) {
    HubListener listener =
        new HubListener() {
          @Override
          public void step(long bytes, String file) {
            steps.add(bytes);
          }
        };
    HubSettings settings = settings();
    return HubFetch.fetch(
        settings, name, listener, new Patience(waits::add), new HubLine(settings, 20));
  }

  /** Questions of this method for paths that end so, on either port. */
  List<HubServer.Request> asked(String method, String path) {
    return hub.requests().stream()
        .filter(request -> request.method().equals(method) && request.path().endsWith(path))
        .toList();
  }

  /** Everything in the cache: {@code path}, {@code path -> target of the link}, in order. */
  List<String> cached() {
    try (Stream<Path> files = Files.walk(cache)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(file -> !Files.isDirectory(file)).sorted().toList()) {
        String link = Files.isSymbolicLink(file) ? " -> " + Files.readSymbolicLink(file) : "";
        lines.add(cache.relativize(file) + link);
      }
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What of a blob is there. */
  Path incomplete() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.toString().endsWith(".incomplete"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
