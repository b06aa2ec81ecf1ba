package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;

class RunManifestTest {
  private static final Machine MACHINE = new Machine("Linux 6", "amd64", 2, 1L << 31, "HotSpot, X");
  private static final Versions VERSIONS = new Versions("0.1.0", "1.0.0-M2.1", "18.3.0", "17.0.15");

  @TempDir Path folder;

  @Test
  void a_run_folder_gives_back_the_manifest_that_was_written() {
    RunManifest manifest = manifest(42, configuration());
    manifest.write(folder);
    assertThat(RunManifest.read(folder)).isEqualTo(manifest);
  }

  @Test
  void keys_stand_in_their_own_order() throws IOException {
    manifest(42, configuration()).write(folder);
    String text = Files.readString(folder.resolve("manifest.json"));
    assertThat(text).containsPattern(",\n  \"proof\": \"seal4j-sha256:[0-9a-f]{64}\"\n}\n$");
    assertThat(text.replaceFirst(",\n  \"proof\": .*", ""))
        .isEqualTo(
            """
            {
              "run": {
                "recipe": "arc-smoke",
                "commandLine": [
                  "run",
                  "arc-smoke"
                ],
                "backend": "cpu",
                "rootSeed": 42,
                "started": "2026-01-31T12:00:00Z"
              },
              "configuration": {
                "zeta": 3,
                "lora": {
                  "rank": 8,
                  "alpha": 0.1,
                  "targets": [
                    "q_proj",
                    null
                  ]
                },
                "name": "x",
                "on": true,
                "nothing": null
              },
              "data": {
                "tasks": "%s"
              },
              "versions": {
                "seal4j": "0.1.0",
                "nd4j": "1.0.0-M2.1",
                "arrow": "18.3.0",
                "jdk": "17.0.15"
              },
              "machine": {
                "os": "Linux 6",
                "arch": "amd64",
                "cores": 2,
                "maxHeapBytes": 2147483648,
                "jvm": "HotSpot, X"
              }
            }
            """
                .formatted(ContentHash.ofText("tasks")));
  }

  @Test
  void a_folder_that_holds_a_run_takes_no_second_one() throws IOException {
    manifest(42, configuration()).write(folder);
    byte[] first = Files.readAllBytes(folder.resolve("manifest.json"));
    assertThatThrownBy(() -> manifest(43, configuration()).write(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("this folder holds a run; resume it or choose another folder");
    assertThat(Files.readAllBytes(folder.resolve("manifest.json"))).isEqualTo(first);
  }

  @Test
  void an_unknown_or_missing_key_is_refused() throws IOException {
    manifest(42, configuration()).write(folder);
    Path file = folder.resolve("manifest.json");
    String text = Files.readString(file).replaceFirst(",\n  \"proof\": .*", "");
    Files.writeString(file, text.replace("\"cores\"", "\"extra\": 1, \"cores\""));
    assertThatThrownBy(() -> RunManifest.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("key 'machine.extra': this key is unknown; known here are [arch");
    Files.writeString(file, text.replace("\"rootSeed\": 42,", ""));
    assertThatThrownBy(() -> RunManifest.read(folder))
        .hasMessageContaining("key 'run.rootSeed': this key is missing");
    Files.delete(file);
    assertThatThrownBy(() -> RunManifest.read(folder))
        .hasMessage("cannot read %s: no such file", file);
  }

  @Test
  void differences_name_every_value_that_decides_the_results() {
    RunManifest one = manifest(42, configuration());
    assertThat(one.differences(manifest(42, configuration()))).isEmpty();
    Map<String, @Nullable Object> changed = configuration();
    changed.put("zeta", 4);
    changed.remove("name");
    changed.put("extra", "1");
    assertThat(one.differences(manifest(43, changed)))
        .containsExactly(
            "rootSeed: 42 here, 43 there",
            "configuration.zeta: 3 here, 4 there",
            "configuration.name: 'x' here, absent there",
            "configuration.extra: absent here, '1' there");
  }

  @Test
  void values_without_a_json_form_are_refused_with_their_place() {
    Map<String, @Nullable Object> bad = configuration();
    bad.put("lora", Map.of("alpha", List.of(1.0, Double.NaN)));
    assertThatThrownBy(() -> manifest(1, bad))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "manifest: configuration.lora.alpha[1] is NaN, which JSON cannot hold; leave it out or"
                + " use null");
    bad.put("lora", Path.of("x"));
    assertThatThrownBy(() -> manifest(1, bad)).hasMessageContaining("configuration.lora is a ");
  }

  @Test
  void a_hash_or_time_of_another_form_is_refused() {
    assertThatThrownBy(
            () ->
                new RunManifest(
                    start(1, "2026-01-31T12:00:00Z"),
                    configuration(),
                    Map.of("tasks", "abc"),
                    VERSIONS,
                    MACHINE))
        .hasMessageStartingWith("manifest: data.tasks is 'abc' but must be a SHA-256");
    assertThatThrownBy(() -> start(1, "yesterday"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("manifest: run.started is 'yesterday'");
  }

  @Test
  void this_jvm_and_machine_are_known() {
    Versions versions = Versions.here("0.1.0", "1.0.0-M2.1");
    assertThat(versions.arrow()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(versions.jdk()).isEqualTo(System.getProperty("java.version"));
    Machine machine = Machine.here();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.maxHeapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(machine.os()).doesNotContain("unknown");
  }

  private static RunManifest manifest(long seed, Map<String, @Nullable Object> configuration) {
    return new RunManifest(
        start(seed, "2026-01-31T12:00:00Z"),
        configuration,
        Map.of("tasks", ContentHash.ofText("tasks")),
        VERSIONS,
        MACHINE);
  }

  private static RunManifest.Start start(long seed, String started) {
    return new RunManifest.Start("arc-smoke", List.of("run", "arc-smoke"), "cpu", seed, started);
  }

  private static Map<String, @Nullable Object> configuration() {
    Map<String, @Nullable Object> lora = new LinkedHashMap<>();
    lora.put("rank", 8);
    lora.put("alpha", 0.1f);
    lora.put("targets", Arrays.asList("q_proj", null));
    Map<String, @Nullable Object> configuration = new LinkedHashMap<>();
    configuration.put("zeta", 3L);
    configuration.put("lora", lora);
    configuration.put("name", "x");
    configuration.put("on", true);
    configuration.put("nothing", null);
    return configuration;
  }
}
