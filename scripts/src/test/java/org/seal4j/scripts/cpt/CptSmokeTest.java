package org.seal4j.scripts.cpt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
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
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.RowLog;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.SmallForm;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** Continued pretraining in small, from the command line; a first run is shared by all tests. */
@Tag("slow")
class CptSmokeTest {
  @TempDir static Path temp;
  private static Path run;
  private static String printed;

  @BeforeAll
  static void run_the_smoke_recipe_once() {
    run = temp.resolve("first");
    printed = small("home-1", 2, run);
  }

  private static String small(String home, int workers, Path out) {
    List<String> line = new ArrayList<>(List.of("cpt-smoke", "--workers=" + workers));
    line.addAll(SmallForm.options("cpt-smoke"));
    line.add("--out=" + out);
    return seal(home, line.toArray(String[]::new));
  }

  private static String seal(String home, String... options) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(options));
    Seal seal =
        new Seal(
            new Experiments(List.of(new CptExperiment())),
            Optional.of(RecipeHome.at(temp.resolve(home), "cpt-quick", "cpt-smoke")),
            (args, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
    return out.toString();
  }

  @Test
  void the_table_names_every_arm_and_the_paired_differences() {
    String said = printed.replaceAll("\\s+", " "); // whatever the width of the screen
    assertThat(run.resolve("summary.json"))
        .content()
        .contains("\"base model, not trained\"", "\"base model, not trained: prior knowledge\"");
    for (Method method : Method.values()) {
      for (Texts texts : Texts.values()) {
        assertThat(run.resolve("summary.json"))
            .content()
            .contains("\"" + new Fit.Arm(method, texts).label() + "\"");
      }
      assertThat(said)
          .contains(
              method.label() + ", self-edits without RL − " + method.label() + ", passages only:");
    }
    assertThat(said)
        .contains(
            "full fine-tuning, teacher text − LoRA, teacher text:",
            "this table shows that the job runs, not how well");
  }

  @Test
  void every_arm_has_the_same_steps_and_answers_every_question() {
    List<Fit> fits =
        RowLog.read(run.resolve("fits.arrows"), FitTable.SCHEMA).rows().stream()
            .map(FitTable::fromTable)
            .toList();
    assertThat(fits).hasSize(7);
    assertThat(fits.get(0).arm()).isEmpty();
    assertThat(fits.get(0).losses()).isEmpty();
    assertThat(fits.subList(1, 7))
        .allSatisfy(fit -> assertThat(fit.losses()).hasSize(4))
        .allSatisfy(fit -> assertThat(fit.texts()).isEqualTo(texts(fit.arm().get().texts())));
    assertThat(fits)
        .allSatisfy(
            fit -> {
              assertThat(fit.answered()).hasSize(3);
              assertThat(fit.answered()).allSatisfy(a -> assertThat(a.answers()).hasSize(9));
              assertThat(fit.priorKnowledge().answers()).hasSize(4);
            });
  }

  private static int texts(Texts kind) {
    return (int)
        ArrowTable.read(run.resolve("texts.arrow"), CptTexts.SCHEMA).rows().stream()
            .filter(row -> row.string("texts").equals(kind.label()))
            .count();
  }

  @Test
  void a_passage_comes_once_whatever_is_written_about_it() {
    assertThat(texts(Texts.PASSAGES)).isEqualTo(3);
    List<String> ofTeacher =
        ArrowTable.read(run.resolve("texts.arrow"), CptTexts.SCHEMA).rows().stream()
            .filter(
                row ->
                    row.string("texts").equals(Texts.TEACHER.label())
                        && row.string("passage_id").equals("development/0"))
            .map(row -> row.string("text"))
            .toList();
    assertThat(ofTeacher).as("passage, nine facts in two styles, three persons").hasSize(22);
    assertThat(ofTeacher.get(0).split("\\.")).hasSize(9);
    assertThat(ofTeacher.subList(1, 10)).allMatch(text -> text.contains("?"));
  }

  @Test
  void the_report_shows_losses_and_answers() throws IOException {
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("cpt-smoke", "Continued pretraining", "<h2>Passages</h2>", "training.fullLearn")
        .doesNotContain("NaN");
  }

  @Test
  void another_run_on_one_worker_has_the_same_bytes_and_so_has_one_that_was_cut_and_resumed()
      throws IOException {
    Path again = temp.resolve("again");
    small("home-2", 1, again);
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run)).hasSize(3);
    try (RandomAccessFile log = new RandomAccessFile(again.resolve("fits.arrows").toFile(), "rw")) {
      log.setLength(log.length() / 2);
    }
    seal("home-2", "--workers", "2", "--quiet", "--resume", again.toString());
    assertThat(arrowFiles(again)).isEqualTo(arrowFiles(run));
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
