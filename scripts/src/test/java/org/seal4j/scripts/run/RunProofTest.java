package org.seal4j.scripts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.rl.LearningRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.run.RunProof.Finding;
import org.seal4j.scripts.run.RunProof.State;

/** A run folder of every kind of file, made by hand, and what is found when it is damaged. */
class RunProofTest {
  private static final int FLIPS = Integer.getInteger("seal.test.flips", 120);

  @TempDir Path temp;
  private Path run;

  @BeforeEach
  void make_a_finished_run() {
    run = temp.resolve("run");
    ToyRun.make(run, 3, true);
  }

  private Map<String, Finding> bad() {
    Map<String, Finding> bad = new TreeMap<>();
    for (Finding finding : RunProof.of(run).findings()) {
      if (!finding.state().good()) {
        bad.put(finding.file(), finding);
      }
    }
    return bad;
  }

  @Test
  void a_run_that_nobody_touched_is_good() throws IOException {
    assertThat(bad()).isEmpty();
    assertThat(RunProof.of(run).finished()).isTrue();
    assertThat(RunProof.of(run).findings()).hasSize(11);
    RunProof.requireWhole(run);
    Files.writeString(run.resolve("notes.txt"), "mine");
    Files.writeString(run.resolve(".x.arrow.partial"), "half");
    assertThat(bad()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("slow")
  void a_flipped_bit_in_any_file_is_noticed(boolean finished) throws IOException {
    if (!finished) {
      run = temp.resolve("half");
      ToyRun.make(run, 3, false);
    }
    Rng rng = TestSeeds.of("RunProofTest", 71).rng();
    List<Path> files = files();
    for (int i = 0; i < FLIPS; i++) {
      Path file = files.get(rng.nextInt(files.size()));
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      int bit = rng.nextInt(8 * whole.length);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, changed);
      String what = "bit %d of %s".formatted(bit, file);
      assertThat(bad()).as(what).isNotEmpty();
      if (!file.endsWith(Checksums.FILE_NAME)) {
        assertThatThrownBy(() -> RunProof.requireWhole(run))
            .as(what)
            .isInstanceOf(InputException.class)
            .message()
            .hasLineCount(1)
            .contains(file.getFileName().toString());
      }
      Files.write(file, whole);
    }
    assertThat(bad()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile).filter(f -> !f.endsWith(".lock")).sorted().toList());
    }
  }

  @Test
  void a_missing_file_is_noticed() throws IOException {
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      String name = run.relativize(file).toString().replace('\\', '/');
      assertThat(bad().get(name).state()).isEqualTo(State.MISSING);
      Files.write(file, whole);
    }
  }

  @Test
  void files_of_a_run_with_another_seed_are_noticed_whatever_their_names() throws IOException {
    Path other = temp.resolve("other");
    ToyRun.make(other, 4, true);
    for (String name :
        List.of(
            "checkpoints/round-1.safetensors",
            "edits.arrows",
            "effective.yaml",
            "summary.json",
            "timings.json",
            "report.html")) {
      byte[] whole = Files.readAllBytes(run.resolve(name));
      Files.copy(other.resolve(name), run.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      assertThat(bad().get(name).state()).as(name).isEqualTo(State.FOREIGN);
      Files.write(run.resolve(name), whole);
    }
    Files.copy(
        run.resolve("checkpoints/round-0.safetensors"),
        run.resolve("checkpoints/round-1.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> RunProof.requireWhole(run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("round-1.safetensors is whole, but of another run or place");
  }

  @Test
  void a_log_of_another_run_is_noticed_before_the_end_and_never_gone_on_with() throws IOException {
    run = temp.resolve("half");
    ToyRun.make(run, 3, false);
    Path other = temp.resolve("other");
    ToyRun.make(other, 4, false);
    String identity = ToyRun.identity(3);
    for (String name : List.of(Journal.EDITS_FILE, Journal.LEARNING_FILE)) {
      byte[] whole = Files.readAllBytes(run.resolve(name));
      Files.copy(other.resolve(name), run.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      assertThat(bad().get(name).state()).as(name).isEqualTo(State.FOREIGN);
      assertThatThrownBy(() -> Journal.open(run, identity).close())
          .isInstanceOf(InputException.class)
          .hasMessageContaining(name + " is not the log of this run");
      Files.write(run.resolve(name), whole);
    }
    Journal.open(run, identity).close();
  }

  @Test
  void what_is_no_regular_file_is_noticed() throws IOException {
    run = temp.resolve("half");
    ToyRun.make(run, 3, false);
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      String name = run.relativize(file).toString().replace('\\', '/');
      Files.delete(file);
      Files.createDirectory(file);
      assertThat(bad().get(name).text()).as(name).contains("is no regular file");
      Files.delete(file);
      for (String target : List.of("/dev/zero", "/nowhere/at/all", file.toString())) {
        Files.createSymbolicLink(file, Path.of(target));
        assertThat(bad().get(name).text()).as(name).contains("is no regular file");
        Files.delete(file);
      }
      Files.write(file, whole);
    }
  }

  @Test
  void a_list_of_checksums_with_a_line_more_or_less_is_noticed() throws IOException {
    Path sums = run.resolve(Checksums.FILE_NAME);
    List<String> lines = Files.readAllLines(sums);
    Files.writeString(sums, String.join("\n", lines) + "\n\n");
    assertThat(bad()).containsKey(Checksums.FILE_NAME);
    Files.writeString(sums, String.join("\n", lines) + "\n" + lines.get(0) + "\n");
    assertThat(bad()).containsKey(Checksums.FILE_NAME);
    Files.writeString(sums, String.join("\n", lines.subList(1, lines.size())) + "\n");
    assertThat(bad()).isNotEmpty();
  }

  @Test
  void a_log_of_learning_that_is_shorter_than_its_rounds_is_noticed_before_the_end()
      throws IOException {
    run = temp.resolve("half");
    ToyRun.make(run, 3, false);
    Path shorter = temp.resolve("shorter");
    Files.createDirectories(shorter);
    String identity = ToyRun.identity(3);
    try (Journal journal = Journal.open(shorter, identity)) {
      journal.learning().append(new LearningRow(1, 0, 1.0));
    }
    Files.copy(
        shorter.resolve(Journal.LEARNING_FILE),
        run.resolve(Journal.LEARNING_FILE),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(bad().get(Journal.LEARNING_FILE).text())
        .contains(
            "has 1 of 3 rows of round 1", "seal run --resume " + run + " writes its rows again");
  }

  @Test
  void a_log_whose_header_was_being_written_is_gone_on_with() throws IOException {
    run = temp.resolve("half");
    ToyRun.make(run, 3, false);
    Path log = run.resolve(Journal.EDITS_FILE);
    byte[] whole = Files.readAllBytes(log);
    for (int length : new int[] {0, 5, 8, 400}) {
      Files.write(log, Arrays.copyOf(whole, length));
      RunProof.requireWhole(run);
      assertThat(RunProof.of(run).findings())
          .filteredOn(finding -> finding.file().equals(Journal.EDITS_FILE))
          .singleElement()
          .satisfies(finding -> assertThat(finding.text()).isEqualTo("0 rows and a torn end"));
      byte[] other = Arrays.copyOf(whole, length);
      if (length > 8) {
        other[length / 2] ^= 4;
        Files.write(log, other);
        assertThatThrownBy(() -> Journal.open(run, ToyRun.identity(3)).close())
            .as("another beginning of %d bytes", length)
            .isInstanceOf(InputException.class);
      }
    }
  }

  @Test
  void a_folder_that_is_no_run_is_refused() {
    assertThatThrownBy(() -> RunProof.of(temp))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not the folder of a run");
    assertThatThrownBy(() -> RunProof.of(temp.resolve("none")))
        .hasMessageContaining("is not a folder");
  }
}
