package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.scripts.TestClassPath;
import org.seal4j.scripts.launch.OnStop;

/** What a command leaves that is told to end while it writes. */
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class NewOutputTest {
  /** A command that writes one file of a folder after the other, until it is told to end. */
  static final class Writing {
    public static void main(String[] args) {
      Path out = Path.of(args[0]);
      PrintWriter said = new PrintWriter(System.out, true);
      NewOutput.write(out, said, () -> writeOn(out, said));
    }

    private static void writeOn(Path out, PrintWriter said) {
      write(out.resolveSibling("." + out.getFileName() + ".partial"));
      said.println("ready");
      for (int i = 0; ; i = (i + 1) % 1000) {
        write(out.resolve("file-" + i));
      }
    }

    private static void write(Path file) {
      try {
        Files.createDirectories(file.getParent());
        AtomicFile.writeText(file, "whole");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @TempDir Path temp;

  private List<String> saidByOneThatIsStopped(Path out) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                TestClassPath.all(),
                Writing.class.getName(),
                out.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      process.toHandle().destroy(); // Process.destroy() would close the stream too
      List<String> said = lines.lines().filter(line -> !line.isEmpty()).toList();
      assertThat(process.waitFor()).isEqualTo(143);
      return said;
    }
  }

  @Test
  void nothing_stays_of_an_output_that_was_not_whole_nor_of_the_folders_made_for_it()
      throws Exception {
    Path out = temp.resolve("models/mine");
    assertThat(saidByOneThatIsStopped(out))
        .containsExactly("seal: stopped; nothing is left of " + out);
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void an_empty_folder_that_was_there_stays() throws Exception {
    Path out = Files.createDirectory(temp.resolve("mine"));
    assertThat(saidByOneThatIsStopped(out)).hasSize(1);
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void a_folder_that_holds_something_is_left_to_the_command_that_refuses_it() throws Exception {
    Path mine = Files.writeString(Files.createDirectory(temp.resolve("r")).resolve("mine"), "dear");
    assertThat(saidByOneThatIsStopped(temp.resolve("r"))).isEmpty();
    assertThat(mine).hasContent("dear");
  }

  @Test
  void a_process_that_is_not_told_to_end_is_not_ending() {
    assertThat(OnStop.isEnding()).isFalse();
  }
}
