package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.Json;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.scripts.Repository;

/** Tokenizers, stop tokens and chat templates of other makers: F05, F06, F07, F13. */
final class TokenizerCases {
  /** Mean loss without a BOS, from a forward pass outside this project (see the case). */
  private static final double WITHOUT_BOS = 7.2314;

  private final CasesTest.Room room;

  private TokenizerCases(CasesTest.Room room) {
    this.room = room;
  }

  static void addTo(CasesTest.Room room) {
    TokenizerCases cases = new TokenizerCases(room);
    cases.bos();
    cases.stop();
    cases.expressions();
    cases.templates();
  }

  private void bos() {
    CasesTest.Group group = room.group("F05-bos");
    for (String name : List.of("bos_false", "bos_null")) {
      group.test(name + ": no BOS is put in front", () -> requireNoBos(group, name));
    }
    group.end();
  }

  private void requireNoBos(CasesTest.Group group, String name) {
    Path model = Cases.copy(group.folder.resolve(name), group.temp.resolve(name));
    String weights = "model.safetensors";
    Cases.copyFile(Cases.model().resolve(weights), model.resolve(weights));
    Path text = Cases.write(group.temp.resolve("tom.txt"), "Tom had a dog");
    JsonNode loss =
        json(
            room.product
                .run("eval", "perplexity", "--model", model, "--text", text, "--json")
                .done());
    assertThat(loss.path("tokens").asInt()).isEqualTo(3);
    assertThat(loss.path("meanNll").asDouble()).isCloseTo(WITHOUT_BOS, within(1e-4));
    JsonNode written =
        json(
            room.product
                .run(
                    "generate",
                    "--model=" + model,
                    "--prompt=Tom had a dog",
                    "--temperature=0",
                    "--max-tokens=1",
                    "--json",
                    "--quiet")
                .done());
    assertThat(written.path("promptTokens").asInt()).isEqualTo(4);
  }

  private void stop() {
    CasesTest.Group group = room.group("F06-stop-special");
    group
        .test(
            "a special token stops the text, or is refused as a stop",
            () -> {
              Path model = chain(group.temp.resolve("chain"));
              Product.Said said =
                  room.product.run(
                      "generate",
                      "--model=" + model,
                      "--prompt=Hello",
                      "--temperature=0",
                      "--max-tokens=8",
                      "--stop=<|im_end|>",
                      "--json",
                      "--quiet");
              if (said.exitCode() != 0) {
                said.refused("<|im_end|>");
                return;
              }
              JsonNode written = json(said);
              assertThat(written.path("text").asText()).isEqualTo(" there friend");
              assertThat(written.path("reason").asText()).isEqualTo("stop");
            })
        .end();
  }

  /** The model of the case: " there friend", the special token, " and user asks again". */
  private static Path chain(Path folder) {
    Path gpt2 = Cases.data("tokenizers/gpt2/tokenizer.json");
    ObjectNode json = (ObjectNode) Json.read(gpt2, JsonNode.class);
    json.withArray("added_tokens")
        .addObject()
        .put("id", 50257)
        .put("content", "<|im_end|>")
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
    Cases.write(folder.resolve("tokenizer.json"), json.toString());
    Tokenizer tokenizer = Tokenizers.load(gpt2);
    List<Integer> ids = new ArrayList<>();
    for (int id : tokenizer.encode("Hello there friend")) {
      ids.add(id);
    }
    ids.add(50257);
    for (int id : tokenizer.encode(" and user asks again")) {
      ids.add(id);
    }
    int[] chain = ids.stream().mapToInt(Integer::intValue).toArray();
    MadeModel.chain(chain, 50258, 50256, folder);
    return folder;
  }

  private void expressions() {
    CasesTest.Group group = room.group("F07-regex-dialect");
    Path stored = Repository.root().resolve("scripts/src/test/resources/cases/expressions.txt");
    Map<String, Map<String, String>> expected = new TreeMap<>();
    for (String line : Cases.read(stored).lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] part = line.split(" ", 3);
      expected
          .computeIfAbsent(part[0], name -> new HashMap<>())
          .put(part[1], part.length == 3 ? part[2] : "");
    }
    expected.forEach(
        (name, ids) ->
            group.test(
                name + ": the reference's ids, or a refusal",
                () -> requireIds(group.folder, name, ids)));
    group.end();
  }

  private static void requireIds(Path folder, String name, Map<String, String> expected) {
    Tokenizer tokenizer;
    try {
      tokenizer = Tokenizers.load(folder.resolve(name + ".json"));
    } catch (InputException e) {
      Product.requireSentence(e.getMessage(), name);
      return;
    }
    List<String> texts = Cases.read(folder.resolve("texts.jsonl")).lines().toList();
    for (int i = 1; i <= texts.size(); i++) {
      assertThat(ids(tokenizer, texts.get(i - 1)))
          .as(texts.get(i - 1))
          .isEqualTo(expected.get(Integer.toString(i)));
    }
    StringBuilder all = new StringBuilder();
    List<String> more = Cases.read(folder.resolve("texts2.jsonl")).lines().toList();
    for (int i = 1; i <= more.size(); i++) {
      all.append((i + " " + ids(tokenizer, more.get(i - 1))).stripTrailing()).append('\n');
    }
    assertThat(ContentHash.ofText(all.toString())).as("texts2").isEqualTo(expected.get("all"));
  }

  private static String ids(Tokenizer tokenizer, String json) {
    StringBuilder ids = new StringBuilder();
    for (int id : tokenizer.encode(Json.parse(json, String.class, "a text"))) {
      ids.append(ids.isEmpty() ? "" : " ").append(id);
    }
    return ids.toString();
  }

  private void templates() {
    CasesTest.Group group = room.group("F13-chat-tools-none");
    Map<String, String> right = new TreeMap<>();
    right.put(Cases.read(group.folder.resolve("chat_template.jinja")), " Hi there\n");
    right.put("{%- if tools is none %}NONE{% else %}SOME{% endif %}", "NONE");
    right.put("{%- if tools %}T{% endif %}{{ documents }}|{{ tools }}", "None|None");
    right.put("{% if documents is defined %}D{% endif %}{% if documents %}E{% endif %}", "D");
    right.forEach(
        (template, text) ->
            group.test(
                template.strip(),
                () -> {
                  ChatTemplate made = ChatTemplate.of(template, Map.of(), "T");
                  List<ChatMessage> messages = List.of(new ChatMessage("user", " Hi there\n"));
                  assertThat(made.render(messages, true)).isEqualTo(text);
                  assertThat(made.render(messages, false)).isEqualTo(text);
                }));
    group.end();
  }

  private static JsonNode json(Product.Said said) {
    return Json.parse(said.out(), JsonNode.class, "the output");
  }
}
