package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seal4j.serve.SmallServer.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.lora.text.Completion;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.Sampling;
import org.seal4j.serve.adapter.AdapterLimits;

/**
 * A name that is moved among more adapters than there is room for, while many ask: each answer is
 * that of the adapter which it names, and memory stays what it was. {@code -Dseal.serve.swaps=1000}
 * moves it so often.
 */
@Timeout(600)
class SwapsTest {
  private static final int CLIENTS = 64;
  private static final int ADAPTERS = 9;
  private static final int LOADED = 4;
  private static final int ANSWERING = 3;
  private static final int SEEDS = 4;
  private static final int MOST_TOKENS = 8;

  @TempDir Path home;
  private SmallModel small;
  private SmallServer server;

  @BeforeEach
  void start() {
    small = SmallModel.at(home.resolve("model"));
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            new AnswerKeys(MOST_TOKENS, MOST_TOKENS, 8, 0, 4096, 1 << 20, CLIENTS, 1),
            local.http(),
            new AdapterLimits(LOADED, ANSWERING, 128, 2, false),
            null,
            List.of());
    for (int i = 0; i < ADAPTERS; i++) {
      small.adapter(incoming(i), 30 + i);
    }
    server = SmallServer.open(keys, small, home.resolve("adapters"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path incoming(int adapter) {
    return home.resolve("adapters/incoming/" + adapter);
  }

  private String move(int adapter) {
    HttpResponse<String> answer =
        server.post(
            "/v1/load_lora_adapter",
            "{'lora_name':'law','lora_path':'incoming/%d','load_inplace':true}".formatted(adapter));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("X-Seal-Adapter").orElseThrow();
  }

  private List<String> alone(int adapter) {
    List<String> texts = new ArrayList<>();
    try (TextModel model = TextModel.open(small.folder(), null, incoming(adapter))) {
      for (int seed = 0; seed < SEEDS; seed++) {
        var request = new Completion.Request(Sampling.at(1), MOST_TOKENS, List.of(), seed);
        texts.add(Completion.of(model, "To be", request, piece -> {}).text());
      }
    }
    return texts;
  }

  private long figure(String name) {
    Matcher found =
        Pattern.compile("^" + name + " (\\d+)$", Pattern.MULTILINE)
            .matcher(server.get("/metrics").body());
    assertThat(found.find()).as(name).isTrue();
    return Long.parseLong(found.group(1));
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  @Tag("slow")
  void every_answer_is_that_of_the_adapter_that_it_names_and_memory_is_flat() throws Exception {
    int swaps = Integer.getInteger("seal.serve.swaps", 60);
    Map<String, List<String>> alone = new HashMap<>();
    for (int i = 0; i < ADAPTERS; i++) {
      alone.put(move(i), alone(i));
    }
    assertThat(alone).hasSize(ADAPTERS);
    assertThat(alone.values()).doesNotHaveDuplicates();
    AtomicBoolean moving = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Map<String, Integer>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int seed = i % SEEDS;
        clients.add(threads.submit(() -> askOn(seed, alone, moving)));
      }
      long began = System.nanoTime();
      long early = 0;
      for (int i = 0; i < swaps; i++) {
        move((i * 2) % ADAPTERS);
        if (i == swaps / 4) {
          early = heap();
        }
        if (i % 8 == 0) {
          assertThat(figure("seal_adapters_in_memory")).isLessThanOrEqualTo(LOADED);
          assertThat(figure("seal_adapters_ready")).isLessThanOrEqualTo(ANSWERING);
        }
      }
      long grown = heap() - early;
      double seconds = (System.nanoTime() - began) * 1e-9;
      moving.set(false);
      Map<String, Integer> met = new HashMap<>();
      for (Future<Map<String, Integer>> client : clients) {
        client.get().forEach((model, count) -> met.merge(model, count, Integer::sum));
      }
      int answers = met.values().stream().mapToInt(Integer::intValue).sum();
      System.out.printf(
          "%d swaps in %.1f s, %d answers of %d adapters, heap %+.1f MB%n",
          swaps, seconds, answers, met.size(), grown * 1e-6);
      assertThat(met.keySet()).isSubsetOf(alone.keySet()).hasSizeGreaterThan(ADAPTERS / 2);
      assertThat(grown).isLessThan(16L << 20);
      assertThat(figure("seal_requests_running") + figure("seal_requests_waiting")).isZero();
      assertThat(server.log()).noneMatch(line -> line.contains("fault"));
    } finally {
      moving.set(false);
      threads.shutdownNow();
    }
  }

  /** Asks until the name is at rest; how many answers of which adapter there were. */
  private Map<String, Integer> askOn(
      int seed, Map<String, List<String>> alone, AtomicBoolean moving) {
    Map<String, Integer> met = new HashMap<>();
    String body =
        "{'model':'law','prompt':'To be','seed':%d,'max_tokens':%d}".formatted(seed, MOST_TOKENS);
    while (moving.get()) {
      HttpResponse<String> answer = server.post("/v1/completions", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      String model = json(answer).path("model").asText();
      assertThat(alone).containsKey(model);
      assertThat(json(answer).at("/choices/0/text").asText())
          .as(model)
          .isEqualTo(alone.get(model).get(seed));
      met.merge(model, 1, Integer::sum);
    }
    return met;
  }
}
