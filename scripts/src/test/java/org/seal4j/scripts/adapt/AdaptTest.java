package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;
import org.seal4j.scripts.train.SmallModel;

/** The kind {@code adapt} in small: a random model that writes no good question, and its files. */
@Tag("slow")
class AdaptTest {
  @TempDir static Path temp;
  private static Path model;
  private static Path notes;

  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_documents() throws IOException {
    model = SmallModel.at(temp.resolve("it's a model"), SmallModel.TEMPLATE);
    notes = Files.createDirectories(temp.resolve("notes"));
    Files.writeString(
        notes.resolve("orchard.txt"),
        "Orchard\n\n"
            + "The orchard of Tarn Hill was planted in 1902 by Maud Ferris. It grows pears.\n");
    Files.writeString(
        notes.resolve("mill.md"), "# Mill\n\nThe mill of Tarn Hill burned in 1911.\n");
    Files.write(notes.resolve("picture.txt"), new byte[] {0, 1, 2, 3, 0, 0});
    Files.writeString(
        temp.resolve("mine.jsonl"),
        "{\"question\": \"Who planted the orchard?\", \"answer\": \"Maud Ferris\"}\n");
  }

  private static Adaptation small(boolean force) {
    return Adaptation.of(model)
        .documents(notes)
        .set("documents.questions", temp.resolve("mine.jsonl"))
        .set("questions.count", 2)
        .set("questions.heldOut", 1)
        .set("questions.answerTokens", 4)
        .set("study.readings", 4)
        .set("study.checkpointEvery", 1)
        .set("inner.lora.rank", 4)
        .set("proof.answerTokens", 4)
        .set("proof.maxHarm", 100)
        .set("proof.force", force);
  }

  @Test
  void documents_become_an_adapter_that_other_tools_load_and_a_report() throws IOException {
    Path run = own.resolve("run");
    List<String> said = new ArrayList<>();
    Adaptation.Result result =
        small(true)
            .listener(
                new RunListener() {
                  @Override
                  public void said(String line) {
                    said.add(line);
                  }
                })
            .run(run);
    assertThat(result.adapter()).contains(run.resolve("adapter"));
    for (String file :
        List.of(
            "adapter/adapter_config.json",
            "adapter/adapter_model.safetensors",
            "adapter/adapter.gguf",
            "adapter/tokenizer.json",
            "adapter/README.md",
            "answers.arrow",
            "passages.arrow",
            "writing.arrows")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertThat(run.resolve("checkpoints")).doesNotExist();
    assertThat(said).anyMatch(line -> line.startsWith("2 documents, 2 passages"));
    assertThat(said).anyMatch(line -> line.startsWith("left out: picture.txt"));
    assertThat(result.findings().figures())
        .containsKeys("ownRecallBefore", "generalRecallAfter")
        .doesNotContainKey("inContextRecall");
    assertThat(result.findings().facts())
        .anyMatch(
            fact ->
                fact.name().equals("with the passage in front")
                    && fact.value().startsWith("–, no question of yours"));
    assertThat(run.resolve("adapter/README.md"))
        .content()
        .startsWith("---\nbase_model:")
        .contains("| Orchard | orchard.txt | `", "` | 1 | ", "| yours | 1 | 0.000 | ")
        .contains("Written by force", "Perplexity on a general text");
  }

  @Test
  void questions_that_belong_to_a_passage_are_answered_with_it_in_front_as_well()
      throws IOException {
    Path rows = own.resolve("rows.jsonl");
    Files.writeString(
        rows,
        "{\"text\": \"The mill of Tarn Hill burned in 1911.\", \"questions\": [{\"question\":"
            + " \"When did it burn?\", \"answer\": \"1911\"}]}\n");
    Path run = own.resolve("run");
    Adaptation.Result result = small(true).documents(rows).run(run);
    assertThat(result.findings().figures().get("inContextRecall").n()).isEqualTo(1);
    assertThat(result.findings().figures()).containsKey("inContextF1");
    List<Row> answers = ArrowTable.read(run.resolve("answers.arrow")).rows();
    assertThat(answers.stream().filter(row -> !row.isNull("in_context")))
        .singleElement()
        .satisfies(row -> assertThat(row.string("question")).isEqualTo("When did it burn?"));
    assertThat(result.findings().results().comparisons().get(0).unit()).isEqualTo("group");
    assertThat(result.findings().results().conditions()).hasSize(3);
  }

  @Test
  void a_run_that_was_stopped_ends_with_the_same_bytes_on_any_number_of_threads()
      throws IOException {
    Path whole = own.resolve("whole");
    Path stopped = own.resolve("stopped");
    small(true).threads(1).run(whole);
    for (int stop : new int[] {0, 1, 3}) {
      int left = stop;
      RunListener stopping =
          new RunListener() {
            private int heard;

            @Override
            public void step(long done, String note) {
              if (++heard > left) {
                throw new IllegalStateException("stopped for a test");
              }
            }
          };
      assertThatThrownBy(() -> small(true).listener(stopping).run(stopped))
          .hasMessage("stopped for a test");
    }
    small(true).threads(2).run(stopped);
    for (String file :
        List.of(
            "adapter/adapter_model.safetensors",
            "adapter/adapter.gguf",
            "answers.arrow",
            "writing.arrows",
            "steps.arrows")) {
      assertThat(stopped.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void an_adapter_that_did_not_help_is_not_written() {
    Path run = own.resolve("run");
    Adaptation.Result result = small(false).run(run);
    assertThat(result.adapter()).isEmpty();
    assertThat(run.resolve("adapter")).doesNotExist();
    assertThat(result.findings().facts())
        .anyMatch(
            fact ->
                fact.name().equals("verdict")
                    && fact.value().startsWith("the adapter did not help: share of the questions")
                    && fact.value().endsWith("; not written"));
  }

  @Test
  void questions_without_text_need_a_model_that_writes_some() {
    assertThatThrownBy(() -> small(true).method("distill").run(own.resolve("run")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the model wrote no question that can be learned from");
  }

  private final StringWriter out = new StringWriter();

  private int seal(Object... args) {
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Seal seal =
        new Seal(
            new Experiments(List.of(new AdaptExperiment())),
            Optional.of(RecipeHome.at(temp.resolve("home"), "adapt")),
            (again, environment) -> 99);
    PrintWriter writer = new PrintWriter(out, true);
    return seal.run(words, writer, writer);
  }

  @Test
  void the_command_says_what_was_refused_and_fails() {
    Path run = own.resolve("run");
    int code =
        seal(
            "adapt",
            "--model",
            model,
            "--documents",
            notes,
            "--readings",
            2,
            "--out",
            run,
            "--set",
            "questions.count=1",
            "--set",
            "questions.answerTokens=4",
            "--set",
            "proof.answerTokens=4",
            "--questions",
            temp.resolve("mine.jsonl"));
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("the adapter did not help", "it was not written (--force writes it)")
        .doesNotContain("seal ask");
    assertThat(code).isEqualTo(2);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void a_missing_document_is_named_before_anything_is_made() {
    Path run = own.resolve("run");
    assertThat(seal("adapt", "--model", model, "--documents", "nowhere.txt", "--out", run))
        .isEqualTo(2);
    assertThat(out.toString()).contains("documents.paths: there is no file or folder nowhere.txt");
    assertThat(run).doesNotExist();
  }
}
