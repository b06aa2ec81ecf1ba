package org.seal4j.scripts.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** The kind {@code study} in small: a random model, eight articles, one round. */
@Tag("slow")
class StudyTest {
  @TempDir static Path temp;
  private static Path model;
  private static Path passages;

  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_passages() throws IOException {
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    StringBuilder articles = new StringBuilder("{\"version\": \"1.1\", \"data\": [");
    for (int i = 0; i < 8; i++) {
      String text = "Hill " + i + " was planted in 190" + i + ".";
      articles.append(i == 0 ? "" : ", ");
      articles.append(
          """
          {"title": "Hill_%d", "paragraphs": [{"context": "%s", "qas": [{"id": "q%d", \
          "question": "When was it planted?", "answers": [{"text": "190%d", \
          "answer_start": %d}]}]}]}"""
              .formatted(i, text, i, i, text.indexOf("190")));
    }
    passages = Files.writeString(temp.resolve("passages.json"), articles.append("]}"));
  }

  private String seal(int expected, Path run, String... more) {
    List<String> line = new ArrayList<>(List.of("run", "squad-smollm", "--out=" + run));
    line.add("--set=model.path=" + model);
    line.add("--set=data.passages=[" + passages + "]");
    for (String set :
        List.of(
            "data.questions=1",
            "study.steps=2",
            "study.answerTokens=3",
            "study.likeliest=4",
            "inner.lora.rank=2",
            "learn.lora.rank=2",
            "learn.epochs=1",
            "answer.maxTokens=3",
            "policy.maxNewTokens=12",
            "policy.temperature=1.5",
            "loop.rounds=1",
            "loop.contextsPerRound=1",
            "loop.editsPerContext=2",
            "loop.maxResamples=0",
            "evaluate.contexts=2")) {
      line.add("--set=" + set);
    }
    line.addAll(List.of(more));
    return said(expected, line);
  }

  private static String said(int expected, List<String> line) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    int code =
        new Seal(
                new Experiments(List.of(new StudyExperiment())),
                Optional.of(RecipeHome.at(temp.resolve("home"), "squad-smollm")),
                (again, environment) -> 99)
            .run(line, writer, writer);
    String said = out.toString().replaceAll("\\s+", " ");
    assertThat(code).as(said).isEqualTo(expected);
    return said;
  }

  @Test
  void every_arm_is_a_row_and_those_that_are_reinforced_have_one_for_each_round()
      throws IOException {
    Path run = own.resolve("run");
    String said = seal(0, run, "--workers=1");
    assertThat(said).contains("8 passages of 8 articles: 2 articles for the loop");
    assertThat(said).contains("examined are 2 passages of as many titles, with 2 questions");
    List<Row> measures = ArrowTable.read(run.resolve("measures.arrow")).rows();
    assertThat(measures.stream().map(row -> row.string("condition")))
        .contains(
            "base", "in context", "passage", "implications", "implications, round 1", "rewrite");
    assertThat(measures.stream().filter(row -> row.string("condition").equals("passage")))
        .singleElement()
        .satisfies(row -> assertThat(row.float64("steps")).isEqualTo(2));
    assertThat(run.resolve("report.html")).content().contains("Rows in more measures");
    Path again = own.resolve("again");
    seal(0, again, "--workers=2");
    for (String file :
        List.of(
            "answers.arrow",
            "measures.arrow",
            "arms/implications/edits.arrows",
            "arms/passage+distill/edits.arrows")) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  private static String arm(String name, String learning) {
    return ("{name: %s, writing: implications, passage: true, targets: null, steps: null, batch: 2,"
            + " learningRate: null, reinforced: true, learning: %s}")
        .formatted(name, learning);
  }

  /** Two rounds, so that the second is held near the model of the start. */
  @Test
  void arms_learn_by_grpo_and_dpo_with_the_same_bytes_on_two_threads_and_after_a_kill()
      throws IOException {
    String arms = "--set=arms=[%s, %s]".formatted(arm("by grpo", "grpo"), arm("by dpo", "dpo"));
    String rounds = "--set=loop.rounds=2";
    String edits = "--set=loop.editsPerContext=3";
    Path run = own.resolve("run");
    seal(0, run, "--workers=1", arms, rounds, edits);
    String same = ArrowTable.read(run.resolve("measures.arrow")).rows().toString();
    assertThat(same).contains("by grpo, round 2").contains("by dpo, round 2");
    Path again = own.resolve("again");
    seal(0, again, "--workers=2", arms, rounds, edits);
    Path killed = own.resolve("killed");
    copy(run, killed);
    for (String gone : List.of("summary.json", "report.html", "answers.arrow", "SHA256SUMS")) {
      Files.delete(killed.resolve(gone));
    }
    Files.delete(killed.resolve("arms/by-grpo/round-2.safetensors"));
    Files.delete(killed.resolve("arms/by-dpo/round-1.safetensors"));
    Files.delete(killed.resolve("arms/by-dpo/round-2.safetensors"));
    said(0, List.of("run", "--resume=" + killed));
    for (String arm : List.of("arms/by-grpo", "arms/by-dpo")) {
      for (String file :
          List.of(
              "edits.arrows", "learning.arrows", "round-1.safetensors", "round-2.safetensors")) {
        assertThat(killed.resolve(arm).resolve(file))
            .hasSameBinaryContentAs(run.resolve(arm).resolve(file));
      }
      for (String file : List.of("edits.arrows", "learning.arrows")) {
        assertThat(again.resolve(arm).resolve(file))
            .hasSameBinaryContentAs(run.resolve(arm).resolve(file));
      }
    }
    assertThat(RowLog.read(run.resolve("arms/by-dpo/learning.arrows")).rows())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.float64("loss")).isBetween(0.6931, 0.6932));
    assertThat(RowLog.read(run.resolve("arms/by-grpo/learning.arrows")).rows()).hasSize(2);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void what_cannot_be_is_refused_in_one_sentence() {
    assertThat(seal(2, own.resolve("a"), "--set=data.passages=[]"))
        .contains("data.passages names nothing: name files of passages with --set");
    assertThat(seal(2, own.resolve("b"), "--set=data.questions=9"))
        .contains("no passage of data.passages has at least 9 questions");
    assertThat(seal(2, own.resolve("c"), "--set=loop.contextsPerRound=9"))
        .contains("need 9, but the articles for the loop have 2; raise data.loop");
    assertThat(seal(2, own.resolve("d"), "--set=inner.batch=1"))
        .contains("arm 'self-qa': batch is 1, but the passage takes one place of it");
    assertThat(seal(2, own.resolve("e"), "--set=reinforce.clip=0"))
        .contains("in 'reinforce': clip must be > 0 but was 0.0");
    assertThat(seal(2, own.resolve("f"), "--set=reinforce.batch=0"))
        .contains("reinforce.batch must be >= 1 but was 0");
    String still = arm("still", "dpo").replace("reinforced: true", "reinforced: false");
    assertThat(seal(2, own.resolve("g"), "--set=arms=[" + still + "]"))
        .contains("arm 'still' has a way to learn, dpo, but is not reinforced");
  }
}
