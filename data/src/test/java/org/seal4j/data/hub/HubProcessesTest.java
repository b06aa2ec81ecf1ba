package org.seal4j.data.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.HubTrouble;

/** Several processes that fetch one model at the same time. */
class HubProcessesTest {
  private static final String WEIGHTS = "model.safetensors";
  private static final int PROCESSES = 2;

  @TempDir Path home;

  /** What a child needs, wherever the runner of the tests keeps it. */
  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> type :
        List.of(
            HubFetch.class,
            HubFetchMain.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private Process child(HubVisit visit) throws IOException, URISyntaxException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            classPath(),
            HubFetchMain.class.getName(),
            visit.hub.url(),
            home.toString(),
            HubVisit.REPOSITORY)
        .redirectErrorStream(true)
        .start();
  }

  @Test
  @Tag("slow")
  void two_processes_that_fetch_one_model_fetch_it_once() throws Exception {
    try (HubVisit visit = new HubVisit(home)) {
      Map<String, byte[]> files = HubVisit.files();
      byte[] weights = HubVisit.bytes(8_000_000);
      files.put(WEIGHTS, weights);
      String commit = visit.hub.put(HubVisit.REPOSITORY, files);
      visit.hub.trouble(WEIGHTS, HubTrouble.cutAfter(3_000_000));
      List<Process> children = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        children.add(child(visit));
      }
      Path snapshot = visit.cache.resolve("models--owner--tiny/snapshots").resolve(commit);
      for (Process child : children) {
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo(snapshot.toString());
      }
      assertThat(snapshot.resolve(WEIGHTS)).hasBinaryContent(weights);
      assertThat(visit.cached()).noneMatch(line -> line.contains(".incomplete"));
      assertThat(visit.asked("GET", WEIGHTS).stream().mapToLong(asked -> asked.sent().get()).sum())
          .isEqualTo(weights.length);
    }
  }
}
