package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.serve.http.HttpLimits;

/**
 * Spoiled requests of all kinds, from several clients at once: none is a fault, none hangs, and
 * nothing of them is left. {@code -Dseal.serve.requests=20000} sends so many.
 */
@Timeout(1800)
class SpoiledRequestsTest {
  private static final int CLIENTS = 4;

  @TempDir Path home;

  @Test
  @Tag("slow")
  void spoiled_requests_of_all_kinds_are_refused_or_answered_and_leave_nothing() throws Exception {
    int requests = Integer.getInteger("seal.serve.requests", 600);
    Seeds seeds = TestSeeds.of("spoiled requests", 1);
    SmallModel model = SmallModel.at(home.resolve("model"));
    model.adapter(home.resolve("adapters/law"), 3);
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            new AnswerKeys(4, 4, 8, 0, 4096, 1 << 20, 32, 1),
            new HttpLimits(64 << 10, 64 << 10, 64, 32, 5, 5, 2),
            local.adapters(),
            null,
            List.of());
    Map<String, Integer> statuses = new TreeMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    long began = System.nanoTime();
    try (SmallServer server = SmallServer.open(keys, model, home.resolve("adapters"))) {
      List<Future<Map<String, Integer>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(
            threads.submit(() -> send(server, seeds.child("client", client), requests / CLIENTS)));
      }
      for (Future<Map<String, Integer>> one : clients) {
        one.get().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
      }
      System.out.printf(
          "%d requests in %.1f s: %s%n", requests, (System.nanoTime() - began) * 1e-9, statuses);
      assertThat(server.log()).noneMatch(line -> line.contains("fault"));
      assertAtRest(server);
    } finally {
      threads.shutdownNow();
    }
    assertThat(statuses).containsKeys("200", "400", "404", "405", "415");
    assertNoThreadLeft();
  }

  private static Map<String, Integer> send(SmallServer server, Seeds seeds, int requests)
      throws IOException {
    Map<String, Integer> statuses = new TreeMap<>();
    RawClient client = new RawClient(server);
    for (int i = 0; i < requests; i++) {
      Rng rng = seeds.child("request", i).rng();
      byte[] request = new SpoiledRequests(rng).next();
      if (rng.nextInt(10) == 0) {
        client.leave(request, rng.nextInt(request.length + 1), rng.nextBoolean());
        statuses.merge("left", 1, Integer::sum);
        continue;
      }
      String answer;
      try {
        answer = client.send(request);
      } catch (IOException e) {
        throw new IOException("no end of the answer to " + shown(request), e);
      }
      for (String head : answer.split("(?=HTTP/1\\.1 \\d{3} )")) {
        boolean one = head.startsWith("HTTP/1.1 ");
        String status = one ? head.substring(9, 12) : answer.isEmpty() ? "closed" : "other";
        assertThat(status).as("%s%n%s", shown(request), answer).isNotIn("500", "other");
        statuses.merge(status, 1, Integer::sum);
      }
    }
    return statuses;
  }

  private static String shown(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.min(3000, text.length()));
  }

  private static void assertAtRest(SmallServer server) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String figures = server.get("/metrics").body();
    while (!(figures.contains("seal_requests_running 0\n")
            && figures.contains("seal_requests_waiting 0\n"))
        && System.nanoTime() < until) {
      Thread.sleep(50);
      figures = server.get("/metrics").body();
    }
    assertThat(figures)
        .contains("seal_requests_running 0\n")
        .contains("seal_requests_waiting 0\n")
        .contains("seal_ready 1\n");
    assertThat(server.post("/tokenize", "{'content':'To be'}").statusCode()).isEqualTo(200);
  }

  private static void assertNoThreadLeft() throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!left().isEmpty() && System.nanoTime() < until) {
      Thread.sleep(50);
    }
    assertThat(left()).isEmpty();
  }

  private static List<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("seal-(serve|tokens|decoding).*|HTTP-Dispatcher"))
        .toList();
  }
}
