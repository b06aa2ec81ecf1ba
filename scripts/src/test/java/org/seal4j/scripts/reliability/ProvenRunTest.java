package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code seal verify}, {@code --resume} and the cache, on a real run whose files are damaged. */
@Tag("slow")
class ProvenRunTest {
  @TempDir static Path temp;
  private static Product product;
  private static Path run;

  @BeforeAll
  static void run_once() {
    product = Product.at(temp.resolve("home"));
    run = SmallRuns.grids(product, temp.resolve("run"));
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
    Product.Said said = product.run("verify", run, "--again");
    assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("(again): the same bytes", " is as it was written: ");
    assertThat(product.run("verify", run, "--json").out()).contains("\"good\": true");
  }

  @Test
  void a_log_that_is_cut_or_missing_is_written_again_to_the_same_bytes() throws IOException {
    Path shorter = copy("shorter");
    Path log = shorter.resolve("learning.arrows");
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(whole, whole.length - 700));
    assertThat(product.run("verify", shorter).exitCode()).isEqualTo(2);
    Files.delete(shorter.resolve("pretraining.arrow"));
    Product.Said resumed = product.run("run", "--resume", shorter, "--quiet");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(log).hasBinaryContent(whole);
    assertThat(shorter.resolve("SHA256SUMS")).hasSameBinaryContentAs(run.resolve("SHA256SUMS"));
    assertThat(product.run("verify", shorter).exitCode()).isZero();
  }

  @Test
  void a_resumed_run_refuses_a_damaged_checkpoint_with_one_sentence() throws IOException {
    Path damaged = copy("damaged");
    Path file = damaged.resolve("checkpoints/round-1.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 4;
    Files.write(file, bytes);
    Product.Said said = product.run("run", "--resume", damaged, "--quiet");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err())
        .contains(file + " is damaged", "run --resume " + damaged, "again where it is missing");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    Files.delete(file);
    assertThat(product.run("run", "--resume", damaged, "--quiet").exitCode()).isZero();
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
    Product.Said said = product.run(SmallRuns.grids(temp.resolve("refused"), "--quiet").toArray());
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("delete the folder " + weights.getParent(), "run with --no-cache");
    Path alone = temp.resolve("alone");
    product.run(SmallRuns.grids(alone, "--quiet", "--no-cache").toArray()).done();
    assertThat(alone.resolve("SHA256SUMS")).hasSameBinaryContentAs(run.resolve("SHA256SUMS"));
    assertThat(alone.resolve(".cache")).doesNotExist();
    Files.write(weights, whole);
  }
}
