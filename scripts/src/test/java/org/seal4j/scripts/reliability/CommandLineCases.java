package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.json.Json;

/** Texts on the command line: F01 to F04. */
final class CommandLineCases {
  private final CasesTest.Room room;

  private CommandLineCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    CommandLineCases cases = new CommandLineCases(room);
    cases.at_files();
    cases.option_like_texts();
    cases.locale();
    cases.backslashes();
  }

  private Product.Said generate(Object... more) {
    List<Object> line =
        new ArrayList<>(List.of("generate", "--model", Cases.model(), "--json", "--quiet"));
    line.addAll(List.of("--temperature", 0, "--max-tokens", 1));
    line.addAll(Arrays.asList(more));
    return room.product.run(line.toArray());
  }

  private void requirePrompt(String prompt, Object... more) {
    assertThat(prompt(generate(more).done().out())).isEqualTo(prompt);
  }

  private static String prompt(String json) {
    return Json.parse(json, JsonNode.class, "the output").path("prompt").asText();
  }

  private void at_files() {
    CasesTest.Group group = room.group("F01-at-files");
    String file = "@" + group.folder.resolve("notes.txt");
    group
        .test("two @ stay two", () -> requirePrompt("@@Tom said", "--prompt", "@@Tom said"))
        .test("a prompt that names a file stays text", () -> requirePrompt(file, "--prompt", file))
        .test(
            "a stop that names a file too", () -> requirePrompt("a", "--prompt=a", "--stop", file))
        .end();
  }

  private void option_like_texts() {
    CasesTest.Group group = room.group("F02-option-like-text");
    for (String text : List.of("--json", "--", "-h", "--quiet", "@@")) {
      group.test("--prompt=" + text, () -> requirePrompt(text, "--prompt=" + text));
    }
    for (String text : List.of("--", "--quiet")) {
      group.test("--stop=" + text, () -> requirePrompt("a", "--prompt", "a", "--stop=" + text));
    }
    group.end();
  }

  private void locale() {
    CasesTest.Group group = room.group("F03-c-locale");
    group
        .test(
            "a prompt stays as typed through the launcher",
            () -> {
              Product.Said said =
                  new ChildSeal(group.temp.resolve("launcher"))
                      .launcher("LC_ALL=C", generateInC())
                      .done();
              assertThat(prompt(said.out())).isEqualTo("Zoë was");
            })
        .test(
            "a file name too",
            () -> {
              Path named = group.folder.resolve("zoë.json");
              new ChildSeal(group.temp.resolve("passages"))
                  .launcher("LC_ALL=C", "passages '" + named + "'")
                  .done();
            })
        .test(
            "java alone takes it as typed, or refuses it",
            () -> {
              Product.Said said =
                  new ChildSeal(group.temp.resolve("java")).java("LC_ALL=C", generateInC());
              if (said.exitCode() == 0) {
                assertThat(prompt(said.out())).isEqualTo("Zoë was");
              } else {
                said.refused();
              }
            })
        .end();
  }

  private static String generateInC() {
    return "generate --model '"
        + Cases.model()
        + "' --prompt 'Zoë was' --temperature 0 --max-tokens 1 --json --quiet";
  }

  private void backslashes() {
    CasesTest.Group group = room.group("F04-backslash-n");
    group
        .test(
            "two backslashes are one",
            () -> requirePrompt("C:\\new\\nabla", "--prompt", "C:\\\\new\\\\nabla"))
        .test(
            "a prompt from a file is as it stands there",
            () -> {
              Path file = Cases.write(group.temp.resolve("prompt.txt"), "C:\\new\\nabla");
              requirePrompt("C:\\new\\nabla", "--prompt-file", file);
            })
        .end();
  }
}
