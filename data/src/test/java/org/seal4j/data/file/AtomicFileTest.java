package org.seal4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void a_file_holds_what_was_written_last_and_nothing_lies_beside_it() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "a longer first text");
    AtomicFile.writeText(file, "ß");
    assertThat(file).hasContent("ß");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void a_body_that_fails_leaves_the_old_file_and_nothing_beside_it() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot write %s: disk full", file);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void the_old_file_stays_whole_until_the_new_one_is_complete() {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "old");
    AtomicFile.write(
        file,
        out -> {
          out.write('n');
          out.flush();
          assertThat(file).hasContent("old");
          assertThat(names()).containsExactly(".a.txt.partial", "a.txt");
        });
    assertThat(file).hasContent("n");
  }

  @Test
  void what_a_killed_writer_left_behind_is_overwritten() throws IOException {
    Files.writeString(folder.resolve(".a.txt.partial"), "a long torn text");
    AtomicFile.writeText(folder.resolve("a.txt"), "new");
    assertThat(folder.resolve("a.txt")).hasContent("new");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void a_missing_folder_or_a_folder_in_the_way_is_one_sentence() {
    Path file = folder.resolve("none/a.txt");
    assertThatThrownBy(() -> AtomicFile.writeText(file, ""))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot write %s: its folder does not exist; create it first", file);
    assertThatThrownBy(() -> AtomicFile.writeText(folder, ""))
        .hasMessageContaining("a folder has this name");
  }

  @Test
  void a_file_that_cannot_be_written_is_refused_before_the_work_and_nothing_is_left()
      throws IOException {
    AtomicFile.requireWritable(folder.resolve("a.txt"));
    Path file = folder.resolve("b".repeat(300));
    assertThatThrownBy(() -> AtomicFile.requireWritable(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("cannot write " + file);
    assertThatThrownBy(() -> AtomicFile.requireWritable(folder))
        .hasMessageContaining("a folder has this name");
    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
