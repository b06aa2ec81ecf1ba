package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.FuzzTrial;
import org.seal4j.data.testing.FuzzedJson;
import org.seal4j.lora.TinyModels;

/** Adapters of strangers: read, or refused by file in one line and in time. */
class PeftFuzzTest {
  private static final int CASES = 300;
  private static final List<String> KEYS =
      Stream.of(
              PeftKeys.READ.stream(),
              PeftKeys.PASSED_OVER.stream(),
              PeftKeys.FLAGS.stream(),
              PeftKeys.NOT_BUILT.keySet().stream(),
              Stream.of("q_proj", "(.*)*\\\\1x", "^k", "[", "new_key"))
          .flatMap(keys -> keys)
          .sorted()
          .toList();

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void an_adapter_config_is_read_or_refused() throws IOException {
    PeftFolders.write(
        folder,
        "{\"rank_pattern\": {\"down_proj\": 5}, \"alpha_pattern\": {\"q_.*\": 3}}",
        PeftFolders.tensors(TinyModels.CONFIG, PeftFolders.ranks(4, 5)));
    Path config = folder.resolve("adapter_config.json");
    String sound = Files.readString(config);
    Map<String, Integer> outcomes =
        FuzzTrial.run(
            "adapter_config.json",
            folder.toString(),
            CASES,
            rng -> {
              String damaged = FuzzedJson.damage(sound, KEYS, rng);
              Files.writeString(config, damaged.replaceAll("[\ud800-\udfff]", "?"));
              PeftAdapter adapter = PeftAdapter.load(folder, TinyModels.CONFIG);
              adapter.toBank().close();
              adapter.close();
            });
    assertThat(outcomes.get("refused")).isGreaterThan(CASES / 3);
    assertThat(outcomes.get("read")).isGreaterThan(CASES / 100);
  }
}
