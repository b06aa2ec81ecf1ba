package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.scripts.recipe.RecipeHead;

class RunLabTest {
  private static final String HASH = "0".repeat(64);

  @TempDir Path temp;
  private final StringWriter out = new StringWriter();

  /** A configuration of one key. */
  record Config(int width) {}

  private RunLab lab(RunFolder folder, String version) {
    return new RunLab(
        new RunLab.Settings(
            new RecipeHead("toy", "toy", "A toy.", "no time", 3),
            new Config(8),
            new Backend("cpu", "CpuBackend"),
            temp,
            new Invocation(List.of("run", "toy"), Versions.here(version, "1"))),
        folder,
        1);
  }

  @Test
  void the_manifest_is_written_once_and_a_resumed_run_is_compared_with_it() {
    Path root = temp.resolve("run");
    try (RunFolder folder = RunFolder.create("toy", root, Instant.EPOCH, "")) {
      RunLab lab = lab(folder, "1");
      lab.inputs(Map.of("tasks", HASH));
      RunManifest written = RunManifest.read(root);
      assertThat(written.run().commandLine()).containsExactly("run", "toy");
      assertThat(written.configuration()).containsEntry("width", 8L).containsEntry("seed", 3L);
      assertThatCode(() -> lab.inputs(Map.of("tasks", HASH))).doesNotThrowAnyException();
      assertThatThrownBy(() -> lab(folder, "2").inputs(Map.of("tasks", "1".repeat(64))))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("its results would differ")
          .hasMessageContaining("data.tasks")
          .hasMessageContaining("versions.seal4j");
      assertThat(RunManifest.read(root)).isEqualTo(written);
    }
  }

  @Test
  void a_quiet_console_says_nothing_on_the_way() {
    new Console(new PrintWriter(out), new Screen(80), true, folder -> "").said("half way");
    assertThat(out.toString()).isEmpty();
    new Console(new PrintWriter(out), new Screen(80), false, folder -> "").said("half way");
    assertThat(out.toString()).isEqualToNormalizingNewlines("half way\n");
  }

  @Test
  void checksums_cover_the_tables_and_nothing_else() throws Exception {
    Files.writeString(temp.resolve("b.arrows"), "");
    Files.writeString(temp.resolve("a.arrow"), "");
    Files.writeString(temp.resolve("timings.json"), "");
    Checksums.write(temp);
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assertThat(temp.resolve(Checksums.FILE_NAME))
        .hasContent(empty + "  a.arrow\n" + empty + "  b.arrows\n");
  }

  @Test
  void the_peak_of_memory_is_above_a_megabyte_where_the_system_tells_it() {
    PeakMemory.bytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(1 << 20));
  }
}
