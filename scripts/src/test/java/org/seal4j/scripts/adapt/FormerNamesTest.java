package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.bundle.BundleBase;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.bundle.StateVector;

class FormerNamesTest {
  private static final StateVector STATE = StateVector.of(new float[] {1, 0});
  private static final StateVector OTHER = StateVector.of(new float[] {0, 1});

  /** A document: its name, its title, and the texts of its passages, empty for one that is none. */
  private record Doc(String name, String title, String... texts) {}

  private static BundleContents bundle(Doc... documents) {
    List<BundleEntry> entries = new ArrayList<>();
    List<BundleQuestion> questions = new ArrayList<>();
    for (Doc doc : documents) {
      for (DocumentPassage passage : passages(doc)) {
        entries.add(
            new BundleEntry(
                passage.id(),
                doc.name,
                passage.title(),
                passage.source(),
                passage.text(),
                "%064x".formatted(entries.size()),
                9,
                1,
                STATE));
        questions.add(new BundleQuestion(passage.id(), "About " + passage.id() + "?", STATE));
      }
    }
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    return new BundleContents(
        new BundleBase("model", "0".repeat(64), lora),
        new RouteWay(RouteBy.BM25, 1),
        "recipe",
        entries,
        questions);
  }

  private static DocumentSet given(Doc... documents) {
    return new DocumentSet(
        Arrays.stream(documents).flatMap(doc -> passages(doc).stream()).toList(),
        Arrays.stream(documents).map(doc -> new DocumentSet.ReadFile(doc.name, "")).toList(),
        List.of(),
        List.of());
  }

  private static List<DocumentPassage> passages(Doc doc) {
    List<DocumentPassage> passages = new ArrayList<>();
    for (int i = 0; i < doc.texts.length; i++) {
      if (!doc.texts[i].isEmpty()) {
        String id = doc.name + "/" + (i + 1);
        passages.add(new DocumentPassage(id, doc.title, doc.texts[i], doc.name, List.of()));
      }
    }
    return passages;
  }

  @Test
  void passages_and_questions_go_over_to_the_new_name_with_their_adapters() {
    BundleContents contents =
        bundle(new Doc("mill.md", "Mill", "It burned.", "It stood."), new Doc("a.txt", "a", "A."));
    FormerNames names =
        FormerNames.of(contents, given(new Doc("old/mill.md", "Mill", "It burned.", "It stood.")));
    assertThat(names.of("old/mill.md")).contains("mill.md");
    assertThat(names.retitled()).isEmpty();
    BundleContents now = names.applied(Map.of());
    assertThat(now.documents()).containsExactly("a.txt", "old/mill.md");
    assertThat(now.of("old/mill.md"))
        .extracting(BundleEntry::adapter)
        .isEqualTo(contents.of("mill.md").stream().map(BundleEntry::adapter).toList());
    assertThat(now.questions())
        .extracting(BundleQuestion::passage)
        .containsExactly("a.txt/1", "old/mill.md/1", "old/mill.md/2");
    assertThat(now.questions().get(1).text()).isEqualTo("About mill.md/1?");
  }

  @Test
  void a_title_that_was_the_name_of_the_file_is_read_anew() {
    BundleContents contents = bundle(new Doc("mill.txt", "mill", "It burned."));
    FormerNames names =
        FormerNames.of(contents, given(new Doc("windmill.txt", "windmill", "It burned.")));
    assertThat(names.retitled()).containsExactly("windmill\nIt burned.");
    BundleEntry now = names.applied(Map.of("windmill\nIt burned.", OTHER)).entries().get(0);
    assertThat(now.title()).isEqualTo("windmill");
    assertThat(now.state()).isEqualTo(OTHER);
    assertThat(now.adapter()).isEqualTo(contents.entries().get(0).adapter());
  }

  @Test
  void passages_without_an_adapter_do_not_hide_a_former_name() {
    BundleContents contents = bundle(new Doc("mill.md", "Mill", "It burned.", "", "It stood."));
    Doc whole = new Doc("windmill.md", "Mill", "It burned.", "1911", "It stood.");
    assertThat(FormerNames.of(contents, given(whole)).of("windmill.md")).contains("mill.md");
  }

  @Test
  void another_document_does_not_take_the_adapters() {
    Doc mill = new Doc("mill.md", "Mill", "It burned.", "It stood.");
    BundleContents contents = bundle(mill, new Doc("licence.md", "Licence", "As is."));
    List<DocumentSet> others =
        List.of(
            given(new Doc("new.md", "Mill", "It burned.", "It stands.")),
            given(new Doc("new.md", "Mill", "It stood.", "It burned.")),
            given(new Doc("new.md", "Licence", "As is.", "And more.", "And more of it.")),
            given(mill, new Doc("new.md", "Mill", "It burned.", "It stood.")));
    for (DocumentSet other : others) {
      FormerNames names = FormerNames.of(contents, other);
      assertThat(names.of("new.md")).isEmpty();
      assertThat(names.applied(Map.of())).isEqualTo(contents);
    }
  }

  @Test
  void of_two_with_the_same_text_the_one_with_the_same_title_was_renamed() {
    BundleContents contents =
        bundle(new Doc("a.md", "A", "As is."), new Doc("b.md", "B", "As is."));
    FormerNames names =
        FormerNames.of(
            contents, given(new Doc("c.md", "B", "As is."), new Doc("d.md", "D", "As is.")));
    assertThat(names.of("c.md")).contains("b.md");
    assertThat(names.of("d.md")).contains("a.md");
    assertThat(names.applied(Map.of()).documents()).containsExactly("c.md", "d.md");
  }
}
