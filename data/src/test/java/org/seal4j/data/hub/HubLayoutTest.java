package org.seal4j.data.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache is laid out as Python's huggingface_hub lays it out. */
class HubLayoutTest {
  private static final String FOLDER = "golden/huggingface-hub-2.4.0/";

  @TempDir Path home;

  /** See the README beside the listing: huggingface_hub wrote it from the same files. */
  private static List<String> golden(String name) throws IOException {
    try (var in = HubLayoutTest.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void a_fetched_model_makes_the_files_and_links_that_huggingface_hub_makes() throws IOException {
    try (HubVisit visit = new HubVisit(home)) {
      visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
      visit.hub.tag(HubVisit.REPOSITORY, "v1");
      visit.fetch(HubVisit.REPOSITORY + "@v1");
      visit.fetch(HubVisit.REPOSITORY);
      visit.fetch("hf:owner/tiny:onnx/model.onnx");
      assertThat(visit.cached()).containsExactlyElementsOf(golden("links.txt"));
      String ref = Files.readString(visit.cache.resolve("models--owner--tiny/refs/v1"));
      assertThat(ref).matches("[0-9a-f]{40}");
    }
  }

  @Test
  void without_links_the_files_are_in_the_snapshot_as_huggingface_hub_puts_them()
      throws IOException {
    try (HubVisit visit = new HubVisit(home)) {
      visit.hub.put(HubVisit.REPOSITORY, HubVisit.files());
      visit.with("HF_HUB_DISABLE_SYMLINKS", "1").fetch(HubVisit.REPOSITORY);
      assertThat(visit.cached()).containsExactlyElementsOf(golden("copies.txt"));
      long sent = visit.hub.sent();
      assertThat(visit.fetch(HubVisit.REPOSITORY).fetched()).isZero();
      assertThat(visit.hub.sent()).isEqualTo(sent);
    }
  }
}
