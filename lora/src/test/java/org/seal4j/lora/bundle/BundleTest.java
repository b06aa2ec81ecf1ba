package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.plan.Worker;

/** Bundles in files. */
class BundleTest {
  private static final List<String> IDS = List.copyOf(new TreeSet<>(SmallBundles.NOTES.keySet()));

  @TempDir static Path temp;
  private static TextModel model;
  private static Path adapters;
  private static BundleContents contents;

  @TempDir Path own;

  @BeforeAll
  static void make_a_bundle() {
    model = TextModel.open(SmallBundles.model(temp.resolve("model"), 4), null, null);
    adapters = temp.resolve("adapters");
    contents = SmallBundles.contents(model, adapters, IDS);
  }

  @AfterAll
  static void close_the_model() {
    model.close();
  }

  @Test
  void what_was_written_is_read_back() {
    Bundle written = Bundle.write(own.resolve("b"), contents, adapters);
    Bundle read = Bundle.open(own.resolve("b"));
    assertThat(read.contents()).isEqualTo(contents);
    assertThat(read.contents().documents()).containsExactly("mill.md", "orchard.txt", "pump.md");
    for (RouteBy by : RouteBy.values()) {
      assertThat(read.gate(by)).isEqualTo(written.gate(by));
      assertThat(read.gate(by).known()).isEqualTo(4);
      assertThat(read.gate(by).unknown()).isEqualTo(3);
    }
    assertThat(read.gate(RouteBy.BM25))
        .isEqualTo(new Gate(read.gate(RouteBy.BM25).threshold(), 4, 4, 3, 0));
    read.requireProven();
    BundleEntry entry = read.contents().entries().get(0);
    try (PeftAdapter adapter = read.load(entry, model.folder().config())) {
      assertThat(adapter.parameterCount()).isPositive();
      assertThat(adapter.warnings(model.folder().weights())).isEmpty();
    }
  }

  @Test
  void the_folder_of_the_run_around_it_names_it_too() {
    Bundle.write(own.resolve("run").resolve("bundle"), contents, adapters);
    assertThat(Bundle.open(own.resolve("run")).folder()).isEqualTo(own.resolve("run/bundle"));
    assertThatThrownBy(() -> Bundle.open(own))
        .isInstanceOf(InputException.class)
        .hasMessage("%s is no bundle of adapters: it has no bundle.json", own);
  }

  @Test
  void the_order_in_which_passages_came_does_not_matter() throws IOException {
    List<String> other = new ArrayList<>(IDS);
    Collections.reverse(other);
    BundleContents backwards = SmallBundles.contents(model, own.resolve("a"), other);
    Bundle.write(own.resolve("one"), contents, adapters);
    Bundle.write(own.resolve("two"), backwards, own.resolve("a"));
    assertThat(SmallBundles.bytes(own.resolve("two")))
        .isEqualTo(SmallBundles.bytes(own.resolve("one")));
  }

  @Test
  void what_is_added_and_removed_leaves_the_bundle_as_it_was_byte_for_byte() throws IOException {
    BundleContents less = contents.without(List.of("pump.md"));
    Bundle before = Bundle.write(own.resolve("b"), less, adapters);
    Map<String, String> bytes = SmallBundles.bytes(own.resolve("b"));
    Bundle more = before.replace(contents, adapters);
    assertThat(more.contents()).isEqualTo(contents);
    assertThat(SmallBundles.bytes(own.resolve("b"))).hasSizeGreaterThan(bytes.size());
    more.replace(more.contents().without(List.of("pump.md")), adapters);
    assertThat(SmallBundles.bytes(own.resolve("b"))).isEqualTo(bytes);
  }

  @Test
  void a_changed_document_changes_its_own_adapters_alone() throws IOException {
    Bundle before = Bundle.write(own.resolve("b"), contents, adapters);
    Map<String, String> bytes = SmallBundles.bytes(own.resolve("b"));
    BundleContents changed;
    try (Worker worker = new Worker();
        StateReader reader = new StateReader(model.folder(), model.tokenizer(), worker)) {
      BundleEntry now =
          SmallBundles.entry(model, adapters, "pump.md/1", "It is oiled daily.", worker, reader);
      changed = contents.with("pump.md", List.of(now), List.of());
    }
    Bundle after = before.replace(changed, adapters);
    assertThat(after.contents().entries()).hasSize(4);
    assertThat(after.contents().questions()).hasSize(6);
    Map<String, String> left = SmallBundles.bytes(own.resolve("b"));
    for (BundleEntry entry : contents.entries()) {
      String folder = "adapters/" + entry.adapter() + "/";
      boolean own = entry.document().equals("pump.md");
      assertThat(left.keySet().stream().anyMatch(name -> name.startsWith(folder))).isEqualTo(!own);
      bytes.forEach(
          (name, hash) -> {
            if (name.startsWith(folder) && !own) {
              assertThat(left).containsEntry(name, hash);
            }
          });
    }
  }

  @Test
  void a_flipped_byte_or_a_missing_file_is_noticed_wherever_it_is() throws IOException {
    Path folder = own.resolve("b");
    Bundle.write(folder, contents, adapters);
    int tried = 0;
    for (String name : SmallBundles.bytes(folder).keySet()) {
      Path file = folder.resolve(name);
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> Bundle.open(folder).requireProven())
          .as(name)
          .isInstanceOf(InputException.class)
          .message()
          .hasLineCount(1)
          .contains(folder.toString());
      Files.delete(file);
      assertThatThrownBy(() -> Bundle.open(folder))
          .as(name)
          .isInstanceOf(InputException.class)
          .message()
          .hasLineCount(1);
      Files.write(file, good);
      tried++;
    }
    assertThat(tried).isEqualTo(1 + 4 + 4 * 3);
    Bundle.open(folder).requireProven();
  }

  @Test
  void an_adapter_is_proven_before_it_is_used() throws IOException {
    Path folder = own.resolve("b");
    Bundle bundle = Bundle.write(folder, contents, adapters);
    BundleEntry entry = bundle.contents().entries().get(0);
    Path config = bundle.adapter(entry).resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace("\"r\": 4", "\"r\": 5"));
    assertThatThrownBy(() -> Bundle.open(folder).load(entry, model.folder().config()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "the files of the adapter of passage mill.md/1 are not those it was named by");
  }

  @Test
  void states_of_another_bundle_are_refused() throws IOException {
    Bundle whole = Bundle.write(own.resolve("b"), contents, adapters);
    Bundle less = Bundle.write(own.resolve("less"), contents.without(List.of("pump.md")), adapters);
    Path states = index(less).resolve("states.safetensors");
    Files.copy(
        states,
        index(whole).resolve("states.safetensors"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> Bundle.open(own.resolve("b")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("are not those that bundle.json names");
  }

  @Test
  void an_index_and_states_of_different_lengths_are_refused() throws IOException {
    Bundle whole = Bundle.write(own.resolve("b"), contents, adapters);
    Bundle less = Bundle.write(own.resolve("less"), contents.without(List.of("pump.md")), adapters);
    BundleManifest manifest =
        org.seal4j.data.json.ProvenJson.read(
            whole.folder().resolve(Bundle.FILE), BundleManifest.class);
    assertThatThrownBy(() -> BundleIndexFiles.read(index(less), manifest))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s has 3 passages but 4 were expected; the bundle is damaged, take it from a copy",
            index(less));
  }

  private static Path index(Bundle bundle) throws IOException {
    try (var all = Files.list(bundle.folder().resolve("index"))) {
      return all.findFirst().orElseThrow();
    }
  }

  @Test
  void what_a_stopped_writer_left_is_passed_over_and_cleared_by_the_next() throws IOException {
    Path folder = own.resolve("b");
    Bundle bundle = Bundle.write(folder, contents, adapters);
    Map<String, String> bytes = SmallBundles.bytes(folder);
    Path half = Files.createDirectories(folder.resolve("adapters/.partial"));
    Files.writeString(half.resolve("adapter_config.json"), "{");
    Path unnamed = Files.createDirectories(folder.resolve("index").resolve("1".repeat(64)));
    Files.writeString(unnamed.resolve("passages.arrow"), "half");
    Bundle read = Bundle.open(folder);
    assertThat(read.contents()).isEqualTo(contents);
    assertThat(read.leftOver()).containsExactly("adapters/.partial", "index/" + "1".repeat(64));
    bundle.replace(contents, adapters);
    assertThat(SmallBundles.bytes(folder)).isEqualTo(bytes);
  }

  @Test
  void a_bundle_that_changed_meanwhile_is_not_written_over() {
    Bundle mine = Bundle.write(own.resolve("b"), contents, adapters);
    Bundle.open(own.resolve("b")).replace(contents.without(List.of("mill.md")), adapters);
    assertThatThrownBy(() -> mine.replace(contents.without(List.of("pump.md")), adapters))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "was changed by another command since it was read; run this one again");
    assertThatThrownBy(() -> Bundle.write(own.resolve("b"), contents, adapters))
        .hasMessageContaining("is a bundle already");
  }

  @Test
  void unknown_documents_equal_ids_and_nothing_left_are_refused() {
    assertThatThrownBy(() -> contents.without(List.of("mil.md")))
        .isInstanceOf(InputException.class)
        .hasMessage("the bundle has no document mil.md; it has [mill.md, orchard.txt, pump.md]");
    assertThatThrownBy(() -> contents.without(contents.documents()))
        .hasMessageStartingWith("nothing would be left of the bundle without [mill.md,");
    BundleEntry twice = contents.entries().get(0);
    assertThatThrownBy(
            () ->
                new BundleContents(
                    contents.base(),
                    contents.way(),
                    "",
                    List.of(twice, twice),
                    contents.questions()))
        .hasMessage("two passages of a bundle have the id mill.md/1");
  }
}
