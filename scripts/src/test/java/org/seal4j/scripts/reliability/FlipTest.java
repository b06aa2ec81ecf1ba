package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.testing.TestSeeds;

/**
 * Bits that change on a disk: one bit of one file of a finished or a half-finished run, of grids or
 * of passages. Files are chosen evenly, whatever their size.
 */
@Tag("chaos")
@Tag("slow")
@Timeout(7200)
class FlipTest {
  @TempDir static Path temp;
  private static Product product;
  private static List<Path> runs;

  /** One changed bit. */
  private record Flip(Path file, int at, int bit) {
    void apply() throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[at] ^= (byte) (1 << bit);
      Files.write(file, bytes);
    }

    static Flip draw(List<Path> files, SplittableRandom random) throws IOException {
      Path file = files.get(random.nextInt(files.size()));
      int size = Math.toIntExact(Files.size(file));
      return new Flip(file, random.nextInt(size), random.nextInt(8));
    }
  }

  @BeforeAll
  static void make_finished_and_half_finished_runs() {
    product = Product.at(temp.resolve("home"));
    Path grids = SmallRuns.grids(product, temp.resolve("grids"));
    Path passages = temp.resolve("passages");
    product.run(SmallRuns.invented(passages, "--quiet").toArray()).done();
    runs =
        List.of(
            grids,
            passages,
            HalfRun.of(grids, temp.resolve("half-grids"), 1),
            HalfRun.of(passages, temp.resolve("half-passages"), 1));
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (Files.size(file) > 0) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void verify_notices_every_flipped_bit() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("FlipTest", 41));
    int flips = Sizes.of("flips", 60);
    for (Path run : runs) {
      product.run("verify", run).done();
    }
    TreeMap<String, Integer> kinds = new TreeMap<>();
    List<String> unnoticed = new ArrayList<>();
    for (int i = 0; i < flips; i++) {
      Path run = runs.get(i % runs.size());
      Flip flip = Flip.draw(files(run), random);
      flip.apply();
      Product.Said said = product.run("verify", run);
      flip.apply();
      kinds.merge(flip.file.getFileName().toString(), 1, Integer::sum);
      String name = run.relativize(flip.file).toString();
      boolean named = said.out().lines().anyMatch(line -> isBad(line) && line.contains(name));
      if (said.exitCode() == 0 || !named) {
        unnoticed.add(flip + ": " + said.text().strip());
      }
    }
    System.out.println(flips + " flips, " + unnoticed.size() + " not noticed; by file: " + kinds);
    for (Path run : runs) {
      product.run("verify", run).done();
    }
    assertThat(unnoticed).isEmpty();
  }

  /** A line of the command that is not about a file as it was written. */
  private static boolean isBad(String line) {
    return !line.startsWith("ok ");
  }

  @Test
  void resuming_refuses_a_flipped_bit_or_comes_to_the_same_bytes() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("FlipTest", 42));
    int flips = Sizes.of("flips", 60) / 20;
    List<String> unnoticed = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < flips; i++) {
      Path half = runs.get(2 + i % 2);
      Path run = Cases.copy(half, temp.resolve("resumed-" + i));
      Flip flip = Flip.draw(files(run), random);
      flip.apply();
      Product.Said said = product.run("run", "--resume", run, "--quiet");
      if (said.exitCode() != 0) {
        refused++;
        Product.requireSentence(said.err().strip());
      } else if (!RunBytes.of(run).equals(RunBytes.of(runs.get(i % 2)))
          || product.run("verify", run).exitCode() != 0) {
        unnoticed.add(flip.toString());
      }
    }
    System.out.printf(
        "%d flips: %d refused, %d resumed to other bytes%n", flips, refused, unnoticed.size());
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void a_flipped_bit_of_the_cache_is_refused_with_the_folder_to_delete() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeeds.value("FlipTest", 43));
    int flips = Sizes.of("flips", 60) / 50;
    Path cache = temp.resolve("home/.cache");
    List<String> unnoticed = new ArrayList<>();
    for (int i = 0; i < flips; i++) {
      Flip flip = Flip.draw(files(cache.resolve("pretrained")), random);
      flip.apply();
      Path run = temp.resolve("cached-" + i);
      Product.Said grids = product.run(SmallRuns.grids(run, "--quiet").toArray());
      Product.Said passages =
          product.run(SmallRuns.invented(temp.resolve("cached-p-" + i), "--quiet").toArray());
      flip.apply();
      if (grids.exitCode() == 0 && passages.exitCode() == 0) {
        unnoticed.add(flip.toString());
      }
      Product.Said bad = grids.exitCode() != 0 ? grids : passages;
      if (bad.exitCode() != 0) {
        Product.requireSentence(bad.err().strip(), cache.toString());
      }
    }
    System.out.println(flips + " flips in the cache, " + unnoticed.size() + " not noticed");
    assertThat(unnoticed).isEmpty();
  }
}
