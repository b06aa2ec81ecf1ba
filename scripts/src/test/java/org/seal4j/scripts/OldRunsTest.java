package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.json.Json;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.OldFiles.Said;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.RunManifest;
import org.seal4j.scripts.run.Versions;

/**
 * Finished runs of version 0.1.0, resumed. A run is only resumed by the versions that began it, so
 * the manifest is given those of this JVM, or others to be refused. A recipe whose keys have other
 * names today is refused before that, with the sentence that {@link OldRecipe} asks for.
 */
class OldRunsTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"arc-smoke", "squad-smoke"})
  void a_finished_run_prints_its_table_or_is_refused_with_one_sentence(String run)
      throws IOException {
    Path folder = OldFiles.copy(run, temp.resolve("run"));
    give(folder, versions(property("seal")));
    Said said = resume(folder);
    if (requireRefusalOfKeys(folder, said)) {
      return;
    }
    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonNode now = conditions(folder);
    assertThat(figures(now)).isEqualTo(figures(conditions(OldFiles.FOLDER.resolve(run))));
    List<String> printed = said.out().lines().toList();
    for (JsonNode condition : now) {
      String name = condition.path("name").asText();
      assertThat(printed).filteredOn(line -> line.startsWith(name + "  ")).hasSize(1);
    }
    requireJournalAsStored(run, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arc-smoke", "squad-smoke"})
  void a_run_of_another_version_is_refused_with_one_sentence(String run) throws IOException {
    Path folder = OldFiles.copy(run, temp.resolve("run"));
    give(folder, versions("0.0.9"));
    Said said = resume(folder);
    if (!requireRefusalOfKeys(folder, said)) {
      assertThat(said.exitCode()).isEqualTo(2);
      assertThat(said.err())
          .isEqualToNormalizingNewlines(
              "seal: %s cannot be resumed here, its results would differ: versions.seal4j: '0.0.9' here, '%s' there\n"
                  .formatted(folder, property("seal")));
    }
    requireJournalAsStored(run, folder);
  }

  private Said resume(Path folder) {
    return OldFiles.seal(temp.resolve("home"), "run", "--resume", folder, "--quiet");
  }

  /** Whether the run was refused, and rightly, for the spelling of its recipe. */
  private static boolean requireRefusalOfKeys(Path folder, Said said) throws IOException {
    OldRecipe recipe = new OldRecipe(folder.resolve("effective.yaml"));
    Optional<String> refusal = recipe.refusal();
    if (refusal.isPresent()) {
      recipe.requireReadOrRefused();
      assertThat(said.exitCode()).isEqualTo(2);
      assertThat(said.err().strip()).isEqualTo("seal: " + refusal.get());
    }
    return refusal.isPresent();
  }

  private static void requireJournalAsStored(String run, Path folder) throws IOException {
    for (String file : List.of(Journal.EDITS_FILE, Journal.LEARNING_FILE)) {
      assertThat(folder.resolve(file))
          .hasSameBinaryContentAs(OldFiles.FOLDER.resolve(run).resolve(file));
    }
  }

  private static JsonNode conditions(Path folder) {
    return Json.read(folder.resolve("summary.json"), JsonNode.class).path("conditions");
  }

  private static List<String> figures(JsonNode conditions) {
    List<String> figures = new ArrayList<>();
    conditions.forEach(one -> figures.add(one.path("estimate") + " of " + one.path("n")));
    return figures;
  }

  private static void give(Path folder, Versions versions) throws IOException {
    RunManifest then = RunManifest.read(folder);
    Files.delete(folder.resolve(RunManifest.FILE_NAME));
    new RunManifest(then.run(), then.configuration(), then.data(), versions, then.machine())
        .write(folder);
  }

  private static Versions versions(String seal) throws IOException {
    return Versions.here(seal, property("nd4j"));
  }

  /** What the build wrote down for {@code seal} or {@code nd4j}. */
  private static String property(String part) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Seal.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    }
    return properties.getProperty(part);
  }
}
