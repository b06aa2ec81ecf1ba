package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.scripts.train.SmallModel;

/** The kind {@code adapt} with an adapter for each passage, on a small random model. */
@Tag("slow")
class BundleRunTest {
  @TempDir static Path temp;
  private static Path model;
  private static Path notes;

  @TempDir Path own;

  @BeforeAll
  static void make_a_model_and_documents() throws IOException {
    model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    notes = Files.createDirectories(temp.resolve("notes"));
    Files.writeString(
        notes.resolve("orchard.txt"),
        "Orchard\n\nThe orchard was planted in 1902 by Maud Ferris. It grows pears.\n");
    Files.writeString(notes.resolve("mill.md"), "# Mill\n\nThe mill burned in 1911.\n");
    Files.writeString(
        temp.resolve("mine.jsonl"),
        "{\"question\": \"Who planted the orchard?\", \"answer\": \"Maud Ferris\"}\n");
  }

  private static Adaptation small(Path... documents) {
    return over(model, documents);
  }

  private static Adaptation over(Path named, Path... documents) {
    return Adaptation.of(named)
        .documents(documents)
        .adapterForEachPassage()
        .set("documents.questions", temp.resolve("mine.jsonl"))
        .set("questions.count", 2)
        .set("questions.heldOut", 1)
        .set("questions.answerTokens", 4)
        .set("study.readings", 3)
        .set("inner.lora.rank", 4)
        .set("proof.answerTokens", 4)
        .set("proof.maxHarm", 100)
        .set("proof.force", true);
  }

  /** All files of a run's bundle and its logs, with the hashes of their bytes. */
  private static Map<String, String> bytes(Path run) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      files
          .filter(Files::isRegularFile)
          .filter(
              file -> file.startsWith(run.resolve("bundle")) || file.toString().contains(".arrow"))
          .forEach(file -> all.put(run.relativize(file).toString(), ContentHash.ofFile(file)));
    }
    return all;
  }

  @Test
  void each_passage_gets_an_adapter_of_its_own_that_is_found_by_its_question() {
    Path run = own.resolve("run");
    Adaptation.Result result = small(notes).run(run);
    assertThat(result.adapter()).contains(run.resolve("bundle"));
    Bundle bundle = Bundle.open(run);
    bundle.requireProven();
    assertThat(bundle.contents().entries())
        .extracting(BundleEntry::passage)
        .containsExactly("mill.md/1", "orchard.txt/1");
    assertThat(bundle.contents().entries())
        .extracting(BundleEntry::document)
        .containsExactly("mill.md", "orchard.txt");
    assertThat(bundle.contents().entries().get(1).source()).isEqualTo("orchard.txt, line 3");
    assertThat(bundle.contents().base().name()).isEqualTo(model.toString());
    assertThat(result.findings().facts())
        .anyMatch(fact -> fact.name().equals("bundle") && fact.value().startsWith("2 adapters, "))
        .anyMatch(
            fact ->
                fact.name().equals("routing") && fact.value().startsWith("by bm25, 1 at a time"))
        .anyMatch(fact -> fact.name().equals("gate"))
        .anyMatch(
            fact ->
                fact.name().equals("general text")
                    && fact.value()
                        .matches("perplexity .* before, .* after [(].* paragraphs.*[)]"));
    assertThat(run.resolve("adapter")).doesNotExist();
    assertThat(result.findings().figures().get("generalRouted").n()).isEqualTo(40);
    assertThat(result.findings().figures()).containsKey("generalRecallAfter");
    assertThat(result.findings().results().conditions()).hasSize(2);
  }

  @Test
  void neither_the_order_of_the_documents_nor_the_others_matter_to_an_adapter() throws IOException {
    Path mill = notes.resolve("mill.md");
    Path orchard = notes.resolve("orchard.txt");
    small(mill, orchard).run(own.resolve("one"));
    small(orchard, mill).run(own.resolve("two"));
    small(mill).run(own.resolve("alone"));
    Map<String, String> one = bytes(own.resolve("one"));
    one.keySet().removeIf(name -> !name.startsWith("bundle/"));
    Map<String, String> two = bytes(own.resolve("two"));
    two.keySet().removeIf(name -> !name.startsWith("bundle/"));
    assertThat(two).isEqualTo(one).hasSizeGreaterThan(8);
    BundleEntry alone = Bundle.open(own.resolve("alone")).contents().entries().get(0);
    assertThat(Bundle.open(own.resolve("one")).contents().entries().get(0)).isEqualTo(alone);
  }

  @Test
  void an_adapter_is_the_same_however_its_model_is_named() throws IOException {
    Path mill = notes.resolve("mill.md");
    Path relative = Path.of("").toAbsolutePath().relativize(model);
    Path link = Files.createSymbolicLink(own.resolve("the-same"), model);
    small(mill).run(own.resolve("one"));
    over(relative, mill).run(own.resolve("two"));
    over(link, mill).run(own.resolve("three"));
    BundleEntry one = Bundle.open(own.resolve("one")).contents().entries().get(0);
    for (String other : List.of("two", "three")) {
      Bundle bundle = Bundle.open(own.resolve(other));
      bundle.requireProven();
      assertThat(bundle.contents().entries()).as(other).containsExactly(one);
      assertThat(bundle.adapter(one).resolve("README.md"))
          .content()
          .contains("| base model | the one whose weights have the SHA-256 ");
    }
  }

  @Test
  void a_run_that_was_stopped_ends_with_the_same_bytes_on_any_number_of_threads()
      throws IOException {
    Path whole = own.resolve("whole");
    Path stopped = own.resolve("stopped");
    small(notes).threads(1).run(whole);
    for (int stop : new int[] {1, 3, 6}) {
      RunListener stopping =
          new RunListener() {
            private int heard;

            @Override
            public void step(long done, String note) {
              if (++heard > stop) {
                throw new IllegalStateException("stopped for a test");
              }
            }
          };
      assertThatThrownBy(() -> small(notes).listener(stopping).run(stopped))
          .hasMessage("stopped for a test");
    }
    small(notes).threads(2).run(stopped);
    assertThat(bytes(stopped)).isEqualTo(bytes(whole));
    // Once more over what is finished: it is written again, and is the same.
    small(notes).run(stopped);
    assertThat(bytes(stopped)).isEqualTo(bytes(whole));
  }

  @Test
  void a_bundle_that_did_not_help_is_not_written() {
    Path run = own.resolve("run");
    Adaptation.Result result = small(notes).set("proof.force", false).run(run);
    assertThat(result.adapter()).isEmpty();
    assertThat(run.resolve("bundle")).doesNotExist();
    assertThat(result.findings().facts())
        .anyMatch(fact -> fact.name().equals("verdict") && fact.value().endsWith("; not written"));
  }

  @Test
  void both_ways_and_several_adapters_at_a_time_are_kept_as_the_bundle_s_own() {
    Path run = own.resolve("run");
    small(notes).set("bundle.route", "both").set("bundle.top", 2).run(run);
    assertThat(Bundle.open(run).contents().way()).hasToString("RouteWay[by=both, top=2]");
    assertThatThrownBy(() -> small(notes).set("bundle.top", 0).run(own.resolve("none")))
        .hasMessageContaining("bundle.top must be >= 1 but was 0");
  }

  @Test
  void a_bundle_says_how_it_was_made_so_that_documents_can_be_added() {
    Path run = own.resolve("run");
    small(notes).run(run);
    Bundle bundle = Bundle.open(run);
    BundleRecipe recipe = BundleRecipe.read("recipe.yaml", bundle.contents().recipe());
    assertThat(recipe.text()).isEqualTo(bundle.contents().recipe());
    assertThat(recipe.adapt().study().readings()).isEqualTo(3);
    assertThat(recipe.adapt().documents().paths()).isEmpty();
    AdaptKeys more = recipe.learning(List.of(notes), Path.of("elsewhere"));
    assertThat(more.model().path()).isEqualTo(Path.of("elsewhere"));
    assertThat(more.documents().paths()).containsExactly(notes);
  }

  @Test
  void two_additions_at_once_do_not_delete_each_other_s_work() throws IOException {
    small(notes.resolve("mill.md")).run(own.resolve("run"));
    Bundle bundle = Bundle.open(own.resolve("run/bundle"));
    List<Path> more = List.of(notes.resolve("orchard.txt"));
    Path unfinished;
    try (AdditionFolder other = AdditionFolder.open(bundle)) {
      unfinished = Files.createDirectories(other.work("other"));
      assertThatThrownBy(
              () -> new BundleAddition(bundle, more, null, 1, RunListener.silent()).run())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("another process is working in")
          .hasMessageContaining(".bundle.adding");
      assertThat(unfinished).exists();
    }
    assertThat(unfinished).as("work that another addition may go on with").exists();
    new BundleAddition(bundle, more, null, 1, RunListener.silent()).run();
    assertThat(unfinished.getParent()).doesNotExist();
  }

  @Test
  void an_addition_that_was_stopped_goes_on_and_leaves_the_bundle_as_it_was_until_then()
      throws IOException {
    small(notes.resolve("mill.md")).run(own.resolve("run"));
    small(notes).run(own.resolve("all"));
    Path folder = own.resolve("run/bundle");
    Map<String, String> before = bytes(folder.getParent());
    Bundle bundle = Bundle.open(folder);
    RunListener stopping =
        new RunListener() {
          private int heard;

          @Override
          public void step(long done, String note) {
            if (++heard > 3) {
              throw new IllegalStateException("stopped for a test");
            }
          }
        };
    List<Path> more = List.of(notes.resolve("orchard.txt"));
    assertThatThrownBy(() -> new BundleAddition(bundle, more, null, 2, stopping).run())
        .hasMessage("stopped for a test");
    assertThat(bytes(folder.getParent())).containsAllEntriesOf(before);
    // Something else first, which does not go on with that work.
    Path pump = own.resolve("pump.md");
    Files.writeString(pump, "# Pump\n\nThe pump is oiled on Mondays.\n");
    new BundleAddition(bundle, List.of(pump), null, 1, RunListener.silent()).run();
    List<String> lines =
        new BundleAddition(Bundle.open(folder), more, null, 1, RunListener.silent()).run();
    assertThat(lines).containsExactly("orchard.txt: 1 passage learned, 0 as before, 0 gone");
    Bundle whole = Bundle.open(folder);
    whole.replace(whole.contents().without(List.of("pump.md")), folder.resolve("adapters"));
    Map<String, String> now = bytes(folder.getParent());
    Map<String, String> all = bytes(own.resolve("all"));
    all.keySet().removeIf(name -> !name.startsWith("bundle/"));
    now.keySet().removeIf(name -> !name.startsWith("bundle/"));
    assertThat(now).isEqualTo(all);
  }
}
