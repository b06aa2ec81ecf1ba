package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.json.Json;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.lora.bundle.HashedFolder;
import org.seal4j.scripts.Main;
import org.seal4j.scripts.cli.TalkingModel;
import org.seal4j.scripts.launch.LaunchFlags;

/**
 * Servers that are killed while adapters are loaded and a name is moved. Of what was answered
 * nothing is lost, of what was not there is all or nothing, and what a name stands for answers as
 * before.
 */
@Tag("chaos")
@Tag("slow")
@Timeout(3600)
class KilledServerTest {
  private static final Pattern ADDRESS = Pattern.compile("serving .* at (http://[^/]+)/v1");
  private static final String MOVED = "law";
  private static final int LONGEST_MILLISECONDS = 400;

  @TempDir Path home;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path adapters;
  private TalkingModel model;
  private int started;

  /** A server that runs, and where. */
  private record Running(Process process, String address) {}

  /** What the names were answered to stand for when the server was killed. */
  private static final class Acknowledged {
    final Map<String, String> hashes = new HashMap<>();
    int moves;
  }

  @Test
  void a_killed_server_has_lost_nothing_and_left_nothing_half() throws Exception {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("KilledServerTest", 31));
    int kills = Sizes.of("server.kills", 2);
    model = TalkingModel.at(home.resolve("model"));
    adapters = home.resolve("adapters");
    for (int i = 0; i < 2; i++) {
      model.adapter(adapters.resolve("incoming/" + i), 3 + i);
    }
    Map<String, String> texts = new HashMap<>();
    Acknowledged known = new Acknowledged();
    Running server = start();
    try {
      for (int i = 0; i < 2; i++) {
        String hash = load(server, MOVED, i);
        known.hashes.put(MOVED, hash);
        texts.put(hash, text(server, MOVED));
      }
      assertThat(texts.values()).doesNotHaveDuplicates();
      for (int i = 0; i < kills; i++) {
        killWhileLoading(server, i, random.nextInt(LONGEST_MILLISECONDS), known);
        server = start();
        requireWhole(server, known, texts);
        System.out.printf("kill %d after %d moves: whole%n", i, known.moves);
      }
      assertThat(known.moves).as("moves before the kills").isPositive();
    } finally {
      server.process.destroyForcibly().waitFor();
    }
  }

  private void killWhileLoading(Running server, int kill, int milliseconds, Acknowledged known)
      throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      CountDownLatch warm = new CountDownLatch(1);
      Future<?> loading = threads.submit(() -> loadOn(server, kill, known, warm));
      assertThat(warm.await(2, TimeUnit.MINUTES)).as("a first move").isTrue();
      Thread.sleep(milliseconds);
      server.process.destroyForcibly().waitFor();
      loading.get();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Moves a name and adds new ones until the server is gone. */
  private void loadOn(Running server, int kill, Acknowledged known, CountDownLatch warm) {
    try {
      for (int i = 0; ; i++) {
        known.hashes.put(MOVED, load(server, MOVED, i % 2));
        String other = "n%d-%d".formatted(kill, i);
        known.hashes.put(other, load(server, other, i % 2));
        known.moves++;
        warm.countDown();
      }
    } catch (IOException e) {
      assertThat(ended(server)).as("the server is there, and said: %s", e).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean ended(Running server) {
    try {
      return server.process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireWhole(Running server, Acknowledged known, Map<String, String> texts)
      throws Exception {
    Map<String, String> now = new HashMap<>();
    for (JsonNode one : get(server, "/v1/models").path("data")) {
      now.put(one.path("id").asText(), one.path("hash").asText());
    }
    known.hashes.forEach(
        (name, hash) -> {
          if (name.equals(MOVED)) { // the move that was not answered may have been done
            assertThat(texts).as(name).containsKey(now.get(name));
          } else {
            assertThat(now).containsEntry(name, hash);
          }
        });
    for (String name : new TreeSet<>(now.keySet())) {
      if (texts.containsKey(now.get(name))) {
        assertThat(text(server, name)).as(name).isEqualTo(texts.get(now.get(name)));
      }
    }
    assertThat(now.keySet())
        .as("the model and at most one more")
        .hasSizeLessThanOrEqualTo(known.hashes.size() + 2);
    now.keySet().stream()
        .filter(name -> now.get(name).length() == 64)
        .forEach(name -> known.hashes.put(name, now.get(name)));
    try (Stream<Path> all = Files.walk(adapters.resolve(".served"), 2)) {
      List<Path> stored =
          all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}")).toList();
      assertThat(stored).isNotEmpty();
      for (Path folder : stored) {
        assertThat(HashedFolder.hash(folder)).isEqualTo(folder.getFileName().toString());
      }
    }
  }

  private String load(Running server, String name, int adapter)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            server,
            "/v1/load_lora_adapter",
            "{'lora_name':'%s','lora_path':'incoming/%d','load_inplace':true}"
                .formatted(name, adapter));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return get(server, "/v1/models/" + name).path("hash").asText();
  }

  private String text(Running server, String name) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            server,
            "/v1/completions",
            "{'model':'%s','prompt':'To be','seed':1,'max_tokens':8}".formatted(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/choices/0/text").asText();
  }

  private JsonNode get(Running server, String path) throws IOException, InterruptedException {
    return json(client.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString()));
  }

  private HttpResponse<String> post(Running server, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(server, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Running server, String path) {
    return HttpRequest.newBuilder(URI.create(server.address + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Json.parse(answer.body(), JsonNode.class, "the answer");
  }

  private Running start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ChildSeal.jvm()));
    command.addAll(LaunchFlags.forThisJava().jvm());
    command.addAll(List.of("-cp", ChildSeal.classPath(), Main.class.getName()));
    command.addAll(List.of("serve", "--model", model.folder().toString(), "--name", "talking"));
    command.addAll(List.of("--adapters", adapters.toString(), "--port", "0"));
    command.addAll(List.of("--set", "adapters.otherBase=true"));
    Path said = home.resolve("server-%d.log".formatted(started++));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(LaunchFlags.forThisJava().environment());
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    for (int i = 0; i < 2400 && process.isAlive(); i++) {
      Matcher found = ADDRESS.matcher(Files.readString(said));
      if (found.find()) {
        return new Running(process, found.group(1));
      }
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();
    throw new AssertionError("it does not serve: " + Files.readString(said));
  }
}
