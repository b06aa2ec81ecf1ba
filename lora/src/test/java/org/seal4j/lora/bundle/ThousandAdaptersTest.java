package org.seal4j.lora.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Worker;

/** A bundle of a thousand adapters of rank 4 opens and routes; the seconds are printed. */
@Tag("slow")
class ThousandAdaptersTest {
  private static final int COUNT = 1000;

  @TempDir Path temp;

  @Test
  void a_thousand_adapters_open_and_each_question_finds_its_own() throws IOException {
    Path folder = SmallBundles.model(temp.resolve("model"), 4);
    try (TextModel model = TextModel.open(folder, null, null);
        Worker worker = new Worker();
        StateReader reader = new StateReader(model.folder(), model.tokenizer(), worker)) {
      // Where the bundle has them, so that none is copied.
      Path adapters = temp.resolve("bundle").resolve(Bundle.ADAPTERS);
      ModelConfig config = model.folder().config();
      try (AdapterBank bank = SmallBundles.bank(config, SmallBundles.LORA, Seeds.of(5));
          PeftAdapter adapter = PeftAdapter.of(config, bank, 0, "small")) {
        adapter.save(adapters.resolve("first"));
      }
      List<BundleEntry> entries = new ArrayList<>();
      List<BundleQuestion> questions = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        String id = "note-%04d.md/1".formatted(i);
        String text = "The pump number n%d is oiled by person p%d.".formatted(i, i);
        entries.add(entry(adapters, id, text, reader));
        String question = "Who oils n%d?".formatted(i);
        questions.add(new BundleQuestion(id, question, reader.of(question)));
      }
      SmallBundles.UNKNOWN.forEach(q -> questions.add(new BundleQuestion("", q, reader.of(q))));
      BundleBase base =
          new BundleBase("small", model.folder().weights().sha256(), SmallBundles.LORA);
      long start = System.nanoTime();
      Bundle.write(
          temp.resolve("bundle"),
          new BundleContents(base, new RouteWay(RouteBy.BOTH, 1), "", entries, questions),
          adapters);
      start = said("written", start);
      Bundle bundle = Bundle.open(temp.resolve("bundle"));
      start = said("opened", start);
      try (BundledModel bundled = BundledModel.open(bundle, model, new RouteWay(RouteBy.BOTH, 1))) {
        said("ready to route", start);
        for (int i = 0; i < COUNT; i += 100) {
          start = System.nanoTime();
          Route route = bundled.route("Who oils n%d?".formatted(i));
          said("routed", start);
          assertThat(route.evidence()).isPositive();
        }
      }
      try (BundledModel bundled = BundledModel.open(bundle, model, new RouteWay(RouteBy.BM25, 1))) {
        for (int i = 0; i < COUNT; i += 100) {
          assertThat(bundled.route("Who oils n%d?".formatted(i)).choices())
              .extracting(choice -> choice.entry().passage())
              .containsExactly("note-%04d.md/1".formatted(i));
        }
      }
    }
  }

  /**
   * The same adapter for all with a card of its own each, since syncing a thousand to the disk
   * takes most of a minute; without a canary, since none answers here.
   */
  private static BundleEntry entry(Path adapters, String id, String text, StateReader reader)
      throws IOException {
    Path folder = Files.createDirectories(adapters.resolve("new"));
    for (Path file : HashedFolder.files(adapters.resolve("first"))) {
      Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
    }
    Files.writeString(folder.resolve("README.md"), id);
    String hash = HashedFolder.hash(folder);
    Files.move(folder, adapters.resolve(hash));
    long bytes = Bundle.bytes(adapters, hash);
    return new BundleEntry(id, id, "", id, text, hash, bytes, 0, reader.of(text));
  }

  private static long said(String what, long since) {
    long now = System.nanoTime();
    System.out.printf("%s after %.3f s%n", what, (now - since) * 1e-9);
    return now;
  }
}
