package org.seal4j.scripts.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.hub.HubFetch;
import org.seal4j.data.hub.HubListener;
import org.seal4j.data.hub.HubName;
import org.seal4j.data.hub.HubSettings;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.HubServer;
import org.seal4j.rl.experiment.RunListener;

/** A run on a model from a hub says for ever which commit of it that was. */
@Tag("slow")
class HubBaseTest {
  @TempDir Path temp;

  @AfterEach
  void no_hub() {
    System.clearProperty("HF_HOME");
    System.clearProperty("HF_ENDPOINT");
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void recipe_manifest_and_adapter_of_a_run_name_the_commit() throws IOException {
    Path model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    Path rows = VillageRows.talks(temp.resolve("rows.jsonl"), 2, Seeds.of(3));
    try (HubServer hub = new HubServer()) {
      System.setProperty("HF_HOME", temp.resolve("hf").toString());
      System.setProperty("HF_ENDPOINT", hub.url());
      String commit = hub.put("owner/small", files(model));
      HubFetch.fetch(HubSettings.here(), HubName.parse("owner/small"), HubListener.silent());
      Path run = temp.resolve("run");
      List<String> sets =
          TrainRuns.small(Path.of("hf:owner/small"), rows, "inner.epochs=1", "samples.rows=1");
      TrainRuns.start(run, sets, RunListener.silent());

      String pinned = "hf:owner/small@" + commit;
      JsonNode manifest = Json.read(run.resolve("manifest.json"), JsonNode.class);
      assertThat(manifest.path("configuration").path("model").path("path").asText())
          .isEqualTo(pinned);
      JsonNode adapter = Json.read(run.resolve("adapter/adapter_config.json"), JsonNode.class);
      assertThat(adapter.path("base_model_name_or_path").asText()).isEqualTo("owner/small");
      assertThat(adapter.path("revision").asText()).isEqualTo(commit);
      TrainKeys keys = TrainRuns.draft(sets).bind(TrainKeys.class);
      assertThat(new TrainExperiment().next(keys, run).orElseThrow()).contains(pinned);
    }
  }
}
