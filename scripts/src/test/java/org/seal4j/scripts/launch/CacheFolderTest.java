package org.seal4j.scripts.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path folder;

  @Test
  void the_variable_wins_then_the_checkout_then_the_home_folder() {
    Path home = folder.resolve("home");
    assertThat(CacheFolder.find("/big/disk", Optional.of(folder), home, folder))
        .isEqualTo(Path.of("/big/disk"));
    assertThat(CacheFolder.find(null, Optional.of(folder), home, folder))
        .isEqualTo(folder.resolve(".cache"));
    assertThat(CacheFolder.find(" ", Optional.empty(), home, folder))
        .isEqualTo(home.resolve(".cache/seal4j"));
  }

  @Test
  void where_neither_can_be_written_a_folder_for_temporary_files_is_taken() throws IOException {
    // a file where a folder should be, since a superuser may write into every folder
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(CacheFolder.find(null, Optional.of(file), file, folder.resolve("tmp")))
        .isEqualTo(folder.resolve("tmp").resolve("seal4j-" + System.getProperty("user.name")));
  }
}
