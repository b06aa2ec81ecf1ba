package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class RunFolderTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:05Z");

  @TempDir Path folder;

  @Test
  void a_new_run_stores_its_configuration_first() throws IOException {
    Path out = folder.resolve("a/b");
    try (RunFolder run = RunFolder.create("toy", out, NOON, "seed: 1\n")) {
      assertThat(run.root()).isEqualTo(out);
      assertThat(run.resumed()).isFalse();
      assertThat(StoredRecipe.read(run.effective())).isEqualTo("seed: 1\n");
      assertThat(Files.readString(run.effective())).startsWith("seed: 1\n# seal4j-sha256:");
      assertThat(run.checkpoints()).isDirectory();
    }
  }

  @Test
  void the_default_folder_is_named_after_the_recipe_and_the_UTC_time() {
    assertThat(RunFolder.defaultRoot("toy", NOON)).isEqualTo(Path.of("runs/toy-20261120-120005"));
  }

  @Test
  void a_folder_with_anything_in_it_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.txt"), "precious");
    assertThatThrownBy(() -> RunFolder.create("toy", folder, NOON, ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not an empty folder")
        .hasMessageContaining("--resume " + folder);
    assertThatThrownBy(() -> RunFolder.create("toy", file, NOON, ""))
        .isInstanceOf(InputException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void a_run_is_resumed_with_the_same_configuration_only() {
    RunFolder.create("toy", folder.resolve("r"), NOON, "seed: 1\nwidth: 2\n").close();
    try (RunFolder again = RunFolder.resume(folder.resolve("r"), "seed: 1\nwidth: 2\n")) {
      assertThat(again.resumed()).isTrue();
    }
    assertThatThrownBy(() -> RunFolder.resume(folder.resolve("r"), "seed: 1\nwidth: 3\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("(line 2: 'width: 2' then, 'width: 3' now)");
    assertThatThrownBy(() -> RunFolder.resume(folder.resolve("r"), "seed: 1\n"))
        .hasMessageContaining("2 lines then, 1 lines now");
  }

  @Test
  void a_folder_without_a_run_cannot_be_resumed() {
    assertThatThrownBy(() -> RunFolder.resume(folder, "seed: 1\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not the folder of a run");
  }

  @Test
  void a_folder_that_a_killed_start_left_is_begun_again_but_not_resumed() throws IOException {
    Path root = Files.createDirectories(folder.resolve("r"));
    Files.createFile(root.resolve(".lock"));
    Files.writeString(root.resolve(".effective.yaml.partial"), "see");
    assertThatThrownBy(() -> RunFolder.resume(root, "seed: 1\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("was stopped before it began")
        .hasMessageContaining("seal run RECIPE --out " + root);
    RunFolder.create("toy", root, NOON, "seed: 1\n").close();
    RunFolder.resume(root, "seed: 1\n").close();
  }

  @Test
  void a_discarded_run_takes_back_what_it_made_and_nothing_else() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "precious");
    RunFolder run = RunFolder.create("toy", folder.resolve("a/b/r"), NOON, "seed: 1\n");
    Files.writeString(run.checkpoints().resolve("round-0"), "weights");
    run.discard();
    assertThat(folder.resolve("a")).doesNotExist();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    RunFolder.create("toy", empty, NOON, "seed: 1\n").discard();
    assertThat(empty).isEmptyDirectory();
    assertThat(other).hasContent("precious");
  }

  @Test
  void runs_that_begin_in_the_same_second_get_folders_of_their_own() throws IOException {
    Path wanted = folder.resolve("runs/toy-20260101-120000");
    NewFolder first = NewFolder.claim(wanted);
    NewFolder second = NewFolder.claim(wanted);
    assertThat(first.root()).isEqualTo(wanted).isEmptyDirectory();
    assertThat(second.root()).isEqualTo(folder.resolve("runs/toy-20260101-120000-2"));
    first.takeBack();
    assertThat(first.root()).doesNotExist();
    assertThat(second.root()).isEmptyDirectory();
    second.takeBack();
    assertThat(second.root()).doesNotExist();
  }

  @Test
  void a_discarded_run_leaves_the_folder_that_another_run_shares() throws IOException {
    RunFolder first = RunFolder.create("toy", folder.resolve("runs/1"), NOON, "seed: 1\n");
    try (RunFolder second = RunFolder.create("toy", folder.resolve("runs/2"), NOON, "")) {
      first.discard();
      assertThat(second.effective()).exists();
      assertThat(first.root()).doesNotExist();
    }
  }

  @Test
  void the_folder_of_a_resumed_run_is_never_taken_back() {
    Path root = folder.resolve("r");
    RunFolder.create("toy", root, NOON, "seed: 1\n").close();
    RunFolder.resume(root, "seed: 1\n").discard();
    assertThat(root.resolve(RunFolder.EFFECTIVE)).exists();
  }

  @Test
  void only_one_run_works_in_a_folder_at_a_time() {
    Path root = folder.resolve("r");
    try (RunFolder first = RunFolder.create("toy", root, NOON, "seed: 1\n")) {
      assertThatThrownBy(() -> RunFolder.resume(first.root(), "seed: 1\n"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another process is working in " + root);
    }
    RunFolder.resume(root, "seed: 1\n").close();
  }
}
