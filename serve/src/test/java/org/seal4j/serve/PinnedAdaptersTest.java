package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.serve.adapter.AdapterLimits;

/** Which adapters stay in memory, and whose a name is where several want it. */
class PinnedAdaptersTest {
  @TempDir Path home;
  private SmallServer server;

  @BeforeEach
  void start() {
    SmallModel small = SmallModel.at(home.resolve("model"));
    for (int i = 0; i < 4; i++) {
      small.adapter(home.resolve("adapters/incoming/" + i), 3 + i);
    }
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            local.answers(),
            local.http(),
            new AdapterLimits(2, 2, 128, 1, false),
            null,
            List.of());
    server = SmallServer.open(keys, small, home.resolve("adapters"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> load(String name, int adapter, String more) {
    return server.post(
        "/v1/load_lora_adapter",
        "{'lora_name':'%s','lora_path':'incoming/%d'%s}".formatted(name, adapter, more));
  }

  private void ask(String model) {
    String body = "{'model':'%s','prompt':'To be','seed':1,'max_tokens':1}".formatted(model);
    assertThat(server.post("/v1/completions", body).statusCode()).isEqualTo(200);
  }

  private String loads() {
    return server
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("seal_adapter_loads_total "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_adapter_stays_as_long_as_one_of_its_names_is_pinned() {
    load("law", 0, ",'pinned':true");
    load("other", 0, "");
    load("other", 1, ",'load_inplace':true"); // takes the second name of the pinned one away
    load("tax", 2, "");
    load("tax", 3, ",'load_inplace':true");
    String before = loads();
    ask("law");
    assertThat(loads()).as("it was in memory still").isEqualTo(before);
  }

  @Test
  void pins_do_not_fill_the_memory_beyond_its_limit() {
    assertThat(load("law", 0, ",'pinned':true").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = load("tax", 1, ",'pinned':true");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("1 names are pinned").contains("adapters.loaded");
    assertThat(load("law", 2, ",'pinned':true,'load_inplace':true").statusCode()).isEqualTo(200);
    server.post("/v1/unload_lora_adapter", "{'lora_name':'law'}");
    assertThat(load("tax", 1, ",'pinned':true").statusCode()).isEqualTo(200);
    ask("tax");
    assertThat(server.get("/metrics").body()).contains("seal_adapters_in_memory 2\n");
  }

  @Test
  void of_many_that_want_a_free_name_at_once_one_gets_it() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        String name = "law" + round;
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          int adapter = i;
          all.add(threads.submit(() -> load(name, adapter, "").statusCode()));
        }
        List<Integer> codes = new ArrayList<>();
        for (Future<Integer> one : all) {
          codes.add(one.get());
        }
        assertThat(codes).containsExactlyInAnyOrder(200, 400, 400, 400);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
