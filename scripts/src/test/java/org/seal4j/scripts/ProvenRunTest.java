package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.scripts.OldFiles.Said;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.run.RunProof;

/**
 * {@code seal verify} and {@code --resume} on a real run whose files are damaged. {@code
 * -Dseal.test.flips=1000} flips as many bits, {@code -Dseal.test.recipe=squad-smoke} takes another
 * recipe.
 */
@Tag("slow")
class ProvenRunTest {
  private static final String RECIPE = System.getProperty("seal.test.recipe", "arc-smoke");
  private static final int FLIPS = Integer.getInteger("seal.test.flips", 100);

  @TempDir static Path temp;
  private static Path run;

  @BeforeAll
  static void run_once() {
    run = temp.resolve("run");
    Said said = seal("run", RECIPE, "--quiet", "--out", run);
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private static Said seal(Object... words) {
    List<String> line = new ArrayList<>();
    for (Object word : words) {
      line.add(word.toString());
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path home =
        RecipeHome.at(temp.resolve("home"), "arc-quick", "arc-smoke", "squad-quick", "squad-smoke");
    int code =
        new Seal(Experiments.onClassPath(), Optional.of(home), (args, more) -> 99)
            .run(line, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Said(code, out.toString(), err.toString());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path copy(String name) throws IOException {
    Path to = temp.resolve(name);
    for (Path file : files(run)) {
      Path target = to.resolve(run.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return to;
  }

  @Test
  void a_run_is_proven_and_made_again_to_the_same_bytes() {
    Said said = seal("verify", run, "--again");
    assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("(again): the same bytes", " is as it was written: ");
    assertThat(seal("verify", run, "--json").out()).contains("\"good\": true");
  }

  @Test
  void flipped_bits_in_any_file_are_noticed() throws IOException {
    Rng rng = TestSeeds.of("ProvenRunTest", 72).rng();
    for (boolean finished : new boolean[] {true, false}) {
      Path folder = copy("flips-" + finished);
      if (!finished) { // as a kill during the evaluation of the last round leaves it
        for (String name : List.of("SHA256SUMS", "summary.json", "timings.json", "report.html")) {
          Files.delete(folder.resolve(name));
        }
      }
      List<Path> files = files(folder).stream().filter(file -> !file.endsWith(".lock")).toList();
      for (int i = 0; i < FLIPS; i++) {
        Path file = files.get(rng.nextInt(files.size()));
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        int bit = rng.nextInt(8 * whole.length);
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, changed);
        assertThat(RunProof.of(folder).good()).as("bit %d of %s", bit, file).isFalse();
        Files.write(file, whole);
      }
      assertThat(RunProof.of(folder).good()).isTrue();
    }
    System.out.println(2 * FLIPS + " of " + 2 * FLIPS + " flips noticed");
  }

  @Test
  void a_log_that_is_cut_or_missing_is_written_again_to_the_same_bytes() throws IOException {
    Path shorter = copy("shorter");
    Path log = shorter.resolve("learning.arrows");
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(whole, whole.length - 700));
    assertThat(seal("verify", shorter).exitCode()).isEqualTo(2);
    Files.delete(shorter.resolve("pretraining.arrow"));
    Said resumed = seal("run", "--resume", shorter, "--quiet");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(log).hasBinaryContent(whole);
    assertThat(shorter.resolve("SHA256SUMS")).hasSameBinaryContentAs(run.resolve("SHA256SUMS"));
    assertThat(seal("verify", shorter).exitCode()).isZero();
  }

  @Test
  void a_resumed_run_refuses_a_damaged_checkpoint_with_one_sentence() throws IOException {
    Path damaged = copy("damaged");
    Path file = damaged.resolve("checkpoints/round-1.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 4;
    Files.write(file, bytes);
    Said said = seal("run", "--resume", damaged, "--quiet");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).contains(file + " is damaged", "--resume writes");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    Files.delete(file);
    assertThat(seal("run", "--resume", damaged, "--quiet").exitCode()).isZero();
    assertThat(file).hasSameBinaryContentAs(run.resolve("checkpoints/round-1.safetensors"));
  }

  @Test
  void a_damaged_cache_names_the_folder_to_delete_and_a_run_without_cache_works()
      throws IOException {
    Path cache = temp.resolve("home/.cache/pretrained");
    Path weights =
        files(cache).stream()
            .filter(f -> f.endsWith("weights.safetensors"))
            .findFirst()
            .orElseThrow();
    byte[] whole = Files.readAllBytes(weights);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(weights, changed);
    Said said = seal("run", RECIPE, "--quiet", "--out", temp.resolve("refused"));
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("delete the folder " + weights.getParent(), "run with --no-cache");
    Path alone = temp.resolve("alone");
    assertThat(seal("run", RECIPE, "--quiet", "--no-cache", "--out", alone).exitCode()).isZero();
    assertThat(alone.resolve("SHA256SUMS")).hasSameBinaryContentAs(run.resolve("SHA256SUMS"));
    assertThat(alone.resolve(".cache")).doesNotExist();
    Files.write(weights, whole);
  }
}
