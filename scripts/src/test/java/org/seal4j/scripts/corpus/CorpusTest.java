package org.seal4j.scripts.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.ArrowTable;
import org.seal4j.data.table.Row;
import org.seal4j.data.table.RowLog;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.study.ClosedBookAnswers;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.tuning.Chat;
import org.seal4j.scripts.tuning.LessonEncoder;

/** The kind {@code corpus} in small: a random model, corpora of two and of four passages. */
@Tag("slow")
class CorpusTest {
  private static final List<String> TABLES =
      List.of(
          "methods.arrow",
          "answers.arrow",
          "asked.arrows",
          "writing.arrows",
          "trained.arrows",
          "together.arrows",
          "forgetting.arrow",
          "sequences/in-sequence-1.arrows",
          "sequences/in-sequence-with-replay-2.arrows",
          "sequences/in-sequence-with-ewc-denoised-1.arrows",
          "bundle/bundle.json");

  @TempDir static Path temp;
  private static SmallCorpus corpus;
  private static Path run;

  @TempDir Path own;

  @BeforeAll
  static void make_a_run() throws IOException {
    corpus = new SmallCorpus(temp);
    run = temp.resolve("run");
    String said = corpus.seal(0, run, "--workers=1");
    assertThat(said)
        .contains("4 passages of 3 titles; asked are the 6 questions about the first 3");
  }

  private static List<Row> methods(Path folder) {
    return ArrowTable.read(folder.resolve("methods.arrow")).rows();
  }

  private static Row method(String name, int size) {
    return methods(run).stream()
        .filter(row -> row.string("method").equals(name) && row.int32("size") == size)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void every_method_has_a_row_for_each_size() {
    assertThat(methods(run)).hasSize(2 * 17);
    assertThat(method("base", 2).int32("titles")).isEqualTo(2);
    assertThat(method("base", 4).int32("titles")).isEqualTo(3);
    assertThat(method("base", 4).int32("questions")).isEqualTo(6);
    assertThat(method("base", 4).int64("bytes")).isZero();
    assertThat(method("in context", 4).isNull("gold_nll")).isTrue();
    assertThat(method("own adapter", 4).isNull("general_recall")).isTrue();
    assertThat(method("retrieval bm25", 4).float64("found_first")).isEqualTo(1);
    assertThat(method("retrieval bm25", 4).isNull("general_perplexity")).isTrue();
    assertThat(method("routed states top 2 without gate", 4).float64("found_none")).isZero();
    assertThat(method("routed states top 2 without gate", 4).float64("general_sent")).isEqualTo(1);
    assertThat(method("merged svd", 4).float64("general_perplexity"))
        .isNotEqualTo(method("base", 4).float64("general_perplexity"));
    assertThat(run.resolve("report.html"))
        .content()
        .contains("Methods in more measures", "Questions about nothing known, and cost")
        .contains("Recall over the size of the corpus: adapters apart")
        .contains("Recall over the size of the corpus: one adapter for all")
        .contains("Recall over the size of the corpus: passages in the prompt")
        .contains("routed both, 4 passages − own adapter, 4 passages")
        .contains("one for all on texts, 4 passages − routed both, 4 passages")
        .contains("retrieval bm25, 2 passages − routed both, 2 passages");
  }

  @Test
  void one_adapter_for_all_takes_as_many_steps_as_those_of_the_passages_together() {
    List<Row> rows = RowLog.read(run.resolve("together.arrows")).rows();
    assertThat(rows.stream().map(row -> row.int32("size") + " " + row.string("rows")))
        .containsExactly("2 texts", "2 course", "4 texts", "4 course");
    assertThat(rows.stream().map(row -> row.int32("steps"))).containsExactly(4, 4, 8, 8);
  }

  private static List<Row> sequence(String file) {
    return RowLog.read(run.resolve("sequences").resolve(file + ".arrows")).rows();
  }

  @Test
  void the_first_adapter_of_a_sequence_is_the_one_of_its_passage_and_the_second_is_not() {
    List<Row> own = RowLog.read(run.resolve("trained.arrows")).rows();
    List<Row> plain = sequence("in-sequence-1");
    assertThat(plain).as("as long as the largest corpus").hasSize(4);
    assertThat(plain.get(0).string("adapter")).isEqualTo(own.get(0).string("adapter"));
    assertThat(plain.get(1).string("adapter")).isNotEqualTo(own.get(1).string("adapter"));
    assertThat(plain.get(1).string("passage")).isEqualTo(own.get(1).string("passage"));
    assertThat(sequence("in-sequence-2").get(0).string("adapter"))
        .as("the second sequence begins anew, with the third passage")
        .isEqualTo(own.get(2).string("adapter"));
  }

  @Test
  void guards_take_rows_of_a_batch_and_leave_the_number_of_steps() {
    List<Row> plain = sequence("in-sequence-1");
    List<Row> replay = sequence("in-sequence-with-replay-1");
    assertThat(replay.get(0).string("adapter"))
        .as("before the first passage there is nothing to replay")
        .isEqualTo(plain.get(0).string("adapter"));
    assertThat(replay.get(1).string("adapter")).isNotEqualTo(plain.get(1).string("adapter"));
    for (String file :
        List.of(
            "in-sequence-1",
            "in-sequence-with-replay-1",
            "in-sequence-with-replay-and-anchor-norm-anchored-1",
            "in-sequence-with-ewc-denoised-1")) {
      assertThat(sequence(file).stream().map(row -> row.int32("steps")))
          .as(file)
          .containsOnly(2)
          .hasSize(4);
    }
  }

  @Test
  void the_matrix_of_forgetting_begins_with_the_model_as_it_is() {
    List<Row> rows = ArrowTable.read(run.resolve("forgetting.arrow")).rows();
    // Four methods of two sequences: two passages un-edited, one after the first, two after both.
    assertThat(rows).hasSize(4 * 2 * 5);
    List<Row> first =
        rows.stream()
            .filter(r -> r.string("method").equals("in sequence") && r.int32("sequence") == 1)
            .toList();
    assertThat(first.stream().map(row -> row.int32("merged") + " " + row.int32("place")))
        .containsExactly("0 1", "0 2", "1 1", "2 1", "2 2");
    double own = nats("own adapter", first.get(2).string("passage_id"));
    assertThat(first.get(0).float64("gold_nll"))
        .isEqualTo(nats("base", first.get(0).string("passage_id")));
    // The adapter merged into the weights, and beside them: the same but for rounding.
    assertThat(first.get(2).float64("gold_nll")).isCloseTo(own, within(1e-4));
    assertThat(run.resolve("report.html"))
        .content()
        .contains("One passage after another")
        .contains("in sequence, after all 2 − un-edited, passages of the sequences");
  }

  /** Mean nats of the gold answers to a passage's questions. */
  private static double nats(String method, String passage) {
    String over = method.equals("base") ? "" : passage;
    return RowLog.read(run.resolve("asked.arrows")).rows().stream()
        .filter(row -> row.string("over").equals(over) && row.string("in_sight").isEmpty())
        .filter(row -> row.string("question").startsWith(passage + " "))
        .mapToDouble(row -> row.float64("gold_nll"))
        .average()
        .orElseThrow();
  }

  @Test
  void merging_leaves_the_model_as_it_was() {
    // Asked after the merges of size 2, the base of size 4 still answers the third title as before.
    Map<String, Double> base =
        RowLog.read(run.resolve("asked.arrows")).rows().stream()
            .filter(row -> row.string("over").isEmpty() && row.string("in_sight").isEmpty())
            .collect(
                Collectors.toMap(row -> row.string("question"), row -> row.float64("gold_nll")));
    Path alone = own.resolve("alone");
    corpus.seal(0, alone, "--set=methods=[base]", "--set=corpus.sizes=[4]");
    for (Row row : RowLog.read(alone.resolve("asked.arrows")).rows()) {
      assertThat(base).containsEntry(row.string("question"), row.float64("gold_nll"));
    }
  }

  @Test
  void the_tables_are_the_same_on_two_workers() {
    Path again = own.resolve("again");
    corpus.seal(0, again, "--workers=2");
    assertSame(again);
  }

  private static void assertSame(Path again) {
    for (String file : TABLES) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
    }
  }

  @Test
  void a_corpus_does_not_depend_on_larger_ones() {
    Path small = own.resolve("small");
    corpus.seal(0, small, "--set=corpus.sizes=[2]");
    List<Row> rows = methods(small);
    assertThat(rows).hasSize(17);
    assertThat(rows)
        .isEqualTo(methods(run).stream().filter(row -> row.int32("size") == 2).toList());
    assertThat(ArrowTable.read(small.resolve("answers.arrow")).rows())
        .isEqualTo(
            ArrowTable.read(run.resolve("answers.arrow")).rows().stream()
                .filter(row -> row.int32("size") == 2)
                .toList());
  }

  @Test
  void the_own_adapter_answers_as_the_adapter_that_is_loaded_alone() {
    Bundle bundle = Bundle.open(run);
    List<Row> answers =
        ArrowTable.read(run.resolve("answers.arrow")).rows().stream()
            .filter(row -> row.int32("size") == 4 && row.string("method").equals("own adapter"))
            .toList();
    assertThat(answers).hasSize(6);
    try (ModelFolder model = ModelFolder.load(corpus.model);
        Workers workers = new Workers(1)) {
      LessonEncoder encoder = LessonEncoder.of(Chat.AUTO, model);
      StudyForm form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
      for (BundleEntry entry : bundle.contents().entries()) {
        List<Row> about =
            answers.stream()
                .filter(row -> row.string("passage_id").equals(entry.passage()))
                .toList();
        try (PeftAdapter adapter = bundle.load(entry, model.config());
            AdapterBank bank = adapter.toBank()) {
          assertThat(
                  new ClosedBookAnswers(form, 3)
                      .of(
                          model.weights(),
                          new LoraBank(model.weights(), bank, 1),
                          about.stream().map(row -> row.string("question")).toList(),
                          workers))
              .isEqualTo(about.stream().map(row -> row.string("answer")).toList());
        }
      }
    }
  }

  @Test
  void what_nothing_was_written_about_is_trained_on_as_it_is() throws IOException {
    Path plain = own.resolve("plain");
    corpus.seal(
        0,
        plain,
        "--set=methods=[own adapter]",
        "--set=course={writing: questions, passage: false, targets: answers, attempts: 1}",
        "--set=policy.maxNewTokens=1");
    assertThat(RowLog.read(plain.resolve("trained.arrows")).rows())
        .hasSize(4)
        .allSatisfy(row -> assertThat(row.int64("tokens")).isPositive());
    assertThat(Files.exists(plain.resolve("together.arrows"))).isFalse();
  }

  @Test
  void bad_keys_are_refused_in_one_sentence() {
    refused("methods=[base, guess]", "methods has 'guess', but there are base");
    refused("methods=[base, base]", "methods has 'base' twice");
    refused("methods=[merged median]", "method of merging");
    refused("methods=[]", "methods is empty");
    refused("corpus.sizes=[4, 2]", "corpus.sizes must be >= 1 and go from small to large");
    refused("corpus.sizes=[99]", "corpus.sizes asks for 99 passages, but the pool");
    refused("course.targets=null", "course needs targets");
    refused("inner.batch=1", "course: batch is 1");
    refused("together.rank=0", "together.rank must be >= 1");
    refused("merging.rank=0", "merging.rank must be >= 1");
    refused("sequence.count=0", "sequence.count must be >= 1");
    refused("sequence.passages=1", "sequence.passages must be >= 2");
    refused("sequence.count=40", "sequence.count and sequence.passages ask for");
    refused("inner.batch=2", "'in sequence with replay' can keep nothing earlier");
    refused("study.halving={after: [1], keep: 0.5}", "study.halving must be null");
    refused("inner.trials={count: 2, commonRandomNumbers: true}", "inner.trials must be null");
  }

  private void refused(String set, String sentence) {
    assertThat(corpus.seal(2, own.resolve("bad"), "--set=" + set)).contains(sentence);
  }
}
