package org.seal4j.scripts.passage;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.file.ContentHash;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.journal.Journal;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** Several rules of selection in small; one run is shared by all tests. */
@Tag("slow")
class SelectionSmokeTest {
  private static final List<String> RULES =
      List.of("best", "best-by-likelihood", "all-with-gain", "best-by-proxy", "first-sampled");

  @TempDir static Path temp;
  private static Path home;
  private static Path run;
  private static String printed;

  @BeforeAll
  static void run_all_rules_once() throws IOException {
    home = RecipeHome.at(temp.resolve("home"), "squad-quick", "squad-smoke", "squad-selection");
    Files.writeString(
        home.resolve("scripts/recipes/selection-smoke.yaml"),
        """
        extends: squad-smoke
        recipe: selection-smoke
        kind: knowledge
        about: Several rules in small.
        expectedTime: seconds
        seed: 1
        loop: {rounds: 2}
        rules:
          - {name: best, reward: trained, selection: top_per_context, ranking: reward}
          - {name: best-by-likelihood, reward: trained, selection: top_per_context, ranking: likelihood}
          - {name: all-with-gain, reward: trained, selection: all_with_gain, ranking: reward}
          - {name: best-by-proxy, reward: proxy, selection: top_per_context, ranking: reward}
          - {name: first-sampled, reward: trained, selection: first_sampled, ranking: reward}
        """);
    run = temp.resolve("rules-run");
    printed = small("selection-smoke", "--workers=2", "--out=" + run);
  }

  private static String small(String recipe, String... options) {
    List<String> line = new ArrayList<>(List.of("run", recipe));
    line.addAll(SmallForm.options("squad-smoke"));
    line.addAll(List.of(options));
    return seal(line.toArray(String[]::new));
  }

  private static String seal(String... line) {
    StringWriter out = new StringWriter();
    Seal seal =
        new Seal(
            new Experiments(List.of(new PassageExperiment())),
            Optional.of(home),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(List.of(line), writer, writer)).as(out.toString()).isZero();
    return out.toString();
  }

  private static List<EditRow> rows(Path journal, String phase, int round) {
    return Journal.readEdits(journal).stream()
        .filter(row -> row.key().phase().equals(phase) && row.key().round() == round)
        .toList();
  }

  private static Path folder(String rule) {
    return run.resolve("rules").resolve(rule);
  }

  @Test
  void the_table_names_every_rule_and_holds_it_against_no_RL_and_against_the_first() {
    for (String rule : RULES) {
      assertThat(printed).contains("\n" + rule + " ", rule + " − self-edits without RL:");
    }
    assertThat(printed)
        .contains("base model, not ", "best − first-sampled:", "best, round 1: learned 2 of 6");
    assertThat(run.resolve("report.html"))
        .content()
        .contains("best-by-proxy", "Policy choices", "Learning from selected edits")
        .doesNotContain("NaN");
  }

  @Test
  void a_rule_in_the_comparison_does_what_it_does_in_a_run_of_its_own() {
    for (String selection : List.of("top_per_context", "first_sampled")) {
      Path alone = temp.resolve(selection);
      small("squad-smoke", "--quiet", "--set=loop.selection=" + selection, "--out=" + alone);
      Path compared = folder(selection.equals("first_sampled") ? "first-sampled" : "best");
      for (int round = 1; round <= 2; round++) {
        assertThat(rows(compared, "train", round)).isEqualTo(rows(alone, "train", round));
        assertThat(rows(compared, "round-" + round, round))
            .isNotEmpty()
            .isEqualTo(rows(alone, "round-" + round, round));
      }
    }
  }

  @Test
  void all_rules_choose_among_the_same_edits_with_the_same_rewards() {
    List<EditRow> first = rows(folder("best"), "train", 1);
    for (String rule : List.of("best-by-likelihood", "all-with-gain", "first-sampled")) {
      assertThat(rows(folder(rule), "train", 1)).isEqualTo(first);
    }
    assertThat(rows(folder("best-by-proxy"), "train", 1))
        .extracting(row -> row.draft().edit())
        .isEqualTo(first.stream().map(row -> row.draft().edit()).toList());
  }

  @Test
  void a_killed_comparison_goes_on_to_the_same_bytes() throws IOException {
    Path killed = temp.resolve("killed");
    copy(run, killed);
    for (String gone : List.of("summary.json", "report.html", "answers.arrow", "SHA256SUMS")) {
      Files.delete(killed.resolve(gone));
    }
    for (String rule : List.of("best-by-proxy", "first-sampled")) {
      try (Stream<Path> files = Files.list(killed.resolve("rules").resolve(rule))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    seal("run", "--quiet", "--resume=" + killed);
    assertThat(arrowFiles(killed)).isEqualTo(arrowFiles(run)).hasSize(5 + 2 * RULES.size());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static TreeMap<String, String> arrowFiles(Path folder) throws IOException {
    TreeMap<String, String> hashes = new TreeMap<>();
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(file -> file.toString().contains(".arrow")).forEach(found::add);
    }
    found.forEach(file -> hashes.put(folder.relativize(file).toString(), ContentHash.ofFile(file)));
    return hashes;
  }
}
