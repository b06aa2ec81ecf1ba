package org.seal4j.scripts.cpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.run.ContentHash;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.RecipeKinds;

/** Continued pretraining in small, from the command line. */
class CptSmokeTest {
  @TempDir Path temp;

  private String seal(Path run, String workers) {
    StringWriter out = new StringWriter();
    List<String> line =
        new ArrayList<>(List.of("run", "cpt-smoke", "--workers", workers, "--out", run.toString()));
    Seal seal =
        new Seal(
            new RecipeKinds(List.of(new CptKind())),
            Optional.of(RecipeHome.at(temp.resolve("home"), "cpt-quick", "cpt-smoke")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void every_text_is_learned_by_adapter_and_by_all_weights_with_the_same_bytes_each_time()
      throws IOException {
    Path first = temp.resolve("first");
    String printed = seal(first, "2");
    assertThat(printed)
        .contains(
            "LoRA, passages only ",
            "LoRA, teacher text ",
            "full fine-tuning, self-edits without RL ",
            "paired over 3 tasks");
    Path again = temp.resolve("again");
    seal(again, "1");
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(first)).isNotEmpty();
    assertThat(first.resolve("report.html")).content().contains("cpt-smoke").doesNotContain("NaN");
  }

  private static TreeMap<String, String> arrowFiles(Path folder) throws IOException {
    TreeMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().contains(".arrow"))
          .forEach(file -> hashes.put(file.getFileName().toString(), ContentHash.ofFile(file)));
    }
    return hashes;
  }
}
