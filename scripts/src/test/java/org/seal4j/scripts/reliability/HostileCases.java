package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatTemplate;

/** The files of the folder reliability that were made to hurt. */
final class HostileCases {
  /** "Within seconds", on a machine that does other things too. */
  private static final Duration SECONDS = Duration.ofSeconds(60);

  private final CasesTest.Room room;

  private HostileCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    HostileCases cases = new HostileCases(room);
    cases.expressions();
    cases.texts();
    cases.tables();
  }

  private void expressions() {
    CasesTest.Group group = room.group("reliability expressions");
    Path here = group.folder;
    group
        .test(
            "target_modules of an adapter ends by limit",
            () -> {
              Path adapter = group.temp.resolve("adapter");
              String config = "adapter_config.json";
              Cases.copyFile(here.resolve(config), adapter.resolve(config));
              String weights = "adapter_model.safetensors";
              Cases.copyFile(
                  room.cases.resolve("F12-alpha-pattern-unmatched/p_caret").resolve(weights),
                  adapter.resolve(weights));
              within(
                      () ->
                          room.product.run(
                              "generate",
                              "--model=" + Cases.model(),
                              "--adapter=" + adapter,
                              "--prompt=a",
                              "--max-tokens=1"))
                  .refused(config);
            })
        .test(
            "a chat template ends by limit",
            () -> {
              Path model =
                  Cases.modelWith(
                      here.resolve("template-loops.json"),
                      "tokenizer_config.json",
                      group.temp.resolve("loops"));
              ChatTemplate template = ChatTemplate.load(model);
              requireRefusal(
                  () -> template.render(List.of(new ChatMessage("user", "Hi")), true),
                  "tokenizer_config.json");
            })
        .test(
            "a deep match of a tokenizer's expression is refused, or gives the ids",
            () -> {
              Tokenizer tokenizer = Tokenizers.load(here.resolve("regex-stack"));
              String text = Cases.read(here.resolve("stack.txt"));
              try {
                assertThat(ids(tokenizer, text)).isNotEmpty();
              } catch (InputException e) {
                Product.requireSentence(e.getMessage());
              }
            })
        .test(
            "and so on the command line",
            () -> {
              Path model =
                  Cases.modelWith(
                      here.resolve("regex-stack/tokenizer.json"),
                      "tokenizer.json",
                      group.temp.resolve("stack"));
              Product.Said said =
                  within(
                      () ->
                          room.product.run(
                              "eval",
                              "perplexity",
                              "--model=" + model,
                              "--text=" + here.resolve("stack.txt")));
              if (said.exitCode() != 0) {
                said.refused();
              }
            })
        .end();
  }

  private static int[] ids(Tokenizer tokenizer, String text) {
    return assertTimeoutPreemptively(SECONDS, () -> tokenizer.encode(text));
  }

  private static Product.Said within(Supplier<Product.Said> command) {
    return assertTimeoutPreemptively(SECONDS, command::get);
  }

  private static void requireRefusal(Supplier<String> action, String... words) {
    String said;
    try {
      said = assertTimeoutPreemptively(SECONDS, action::get);
    } catch (InputException e) {
      Product.requireSentence(e.getMessage(), words);
      return;
    }
    throw new AssertionError("not refused, gave " + said.length() + " characters");
  }

  private void texts() {
    CasesTest.Group group = room.group("reliability texts");
    group
        .test(
            "markup in passages stays text",
            () -> {
              Path file = group.folder.resolve("hostile-passages.json");
              Product.requireNoControl(room.product.run("passages", file).text());
            })
        .test(
            "a report shows markup as text",
            () -> {
              Path file = group.folder.resolve("hostile-passages.json");
              Path out = group.temp.resolve("run");
              Product.Said said =
                  room.product.run(
                      SmallRuns.passages(Cases.model(), file, out, "--quiet").toArray());
              if (said.exitCode() != 0) {
                said.refused();
                return;
              }
              assertThat(Cases.read(out.resolve("report.html")))
                  .doesNotContain("<script>alert", "<img src=x", "<svg onload");
            })
        .test(
            "an escape sequence is shown escaped",
            () ->
                room.product
                    .run("passages", group.folder.resolve("escape-sequence.json"))
                    .refused("escape-sequence.json"))
        .end();
  }

  private void tables() {
    CasesTest.Group group = room.group("reliability tables and weights");
    group
        .test(
            "nullq.arrow: row and column",
            () ->
                room.product
                    .run("passages", group.folder.resolve("nullq.arrow"))
                    .refused("nullq.arrow", "row", "questions"))
        .test(
            "leak.arrow: refused or read, without a leak of memory",
            () -> {
              Path leak = group.folder.resolve("leak.arrow");
              Path out = group.temp.resolve("run");
              Product.Said said =
                  room.product.run(
                      SmallRuns.passages(Cases.model(), leak, out, "--quiet").toArray());
              if (said.exitCode() != 0) {
                said.refused("leak.arrow");
              }
              assertThat(said.text()).doesNotContainIgnoringCase("leak:", "leaked");
            })
        .test(
            "a NUL in an index: the index is named",
            () ->
                room.product
                    .run("import", group.folder.resolve("index-nul"))
                    .refused("model.safetensors.index.json"))
        .end();
  }
}
