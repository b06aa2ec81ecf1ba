package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.testing.SharedData;

/** Holds {@link ChatTemplate} to what Jinja2 writes, see {@code golden/chat-templates}. */
class ChatTemplateFamiliesTest {
  private static final String FOLDER = "/golden/chat-templates/";

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ChatTemplateFamiliesTest.class.getResourceAsStream(FOLDER + name)) {
      return in.readAllBytes();
    }
  }

  private static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(resource("cases.json"));
  }

  /** JSON as the values that templates work on. */
  private static Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(member -> map.put(member.getKey(), value(member.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isNull()) {
      return Values.NONE;
    }
    if (node.isNumber()) {
      return node.isIntegralNumber() ? (Object) node.asLong() : node.asDouble();
    }
    return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
  }

  /** Writes a template with one of the contexts, beside which there is a prompt by default. */
  private static String written(JsonNode golden, String source, String name, String context) {
    Map<String, String> tokens = new HashMap<>();
    golden.path("tokens").properties().forEach(e -> tokens.put(e.getKey(), e.getValue().asText()));
    Map<String, Object> variables = new HashMap<>(Map.of("add_generation_prompt", true));
    JsonNode given = golden.path("contexts").path(context);
    given.properties().forEach(e -> variables.put(e.getKey(), value(e.getValue())));
    LocalDateTime now = LocalDateTime.parse(golden.path("now").asText());
    Clock clock = Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    return ChatTemplate.of(source, tokens, name).on(clock).render(variables);
  }

  private static void check(JsonNode golden, String source, JsonNode one, String context) {
    String name = one.path("template").asText("snippet");
    String error = one.path("error").asText();
    if (error.isEmpty()) {
      assertThat(written(golden, source, name, context))
          .as(name + ", " + context + ": " + source)
          .isEqualTo(one.path("text").asText());
    } else {
      boolean raised = error.startsWith("TemplateError: ");
      assertThatThrownBy(() -> written(golden, source, name, context))
          .as(name + ", " + context + ": " + source + " should give " + error)
          .isInstanceOf(InputException.class)
          .hasMessageContaining(raised ? error.substring(15) : name + ", line ");
    }
  }

  private static void checkFamily(String family, String source) throws IOException {
    JsonNode golden = golden();
    int count = 0;
    for (JsonNode one : golden.path("families")) {
      if (one.path("template").asText().equals(family)) {
        check(golden, source, one, one.path("context").asText());
        count++;
      }
    }
    assertThat(count).isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama3",
        "llama2",
        "mistral-tools",
        "gemma",
        "phi3",
        "zephyr",
        "chatml-tools",
        "deepseek",
        "command-r",
        "granite"
      })
  void templates_in_the_manner_of_public_families_are_written_as_jinja2_writes_them(String family)
      throws IOException {
    checkFamily(family, new String(resource(family + ".jinja"), StandardCharsets.UTF_8));
  }

  @Test
  void the_published_template_of_qwen2_is_written_as_jinja2_writes_it() throws IOException {
    Path file = SharedData.orSkip("tokenizers/qwen2").resolve("tokenizer_config.json");
    checkFamily("qwen2", JsonField.read(file).member("chat_template").text());
  }

  @Test
  void the_published_template_of_smollm2_is_written_as_jinja2_writes_it() throws IOException {
    Path folder = SharedData.orSkip("weights/smollm2-135m");
    String source = templateOf(folder.resolve("SmolLM2-135M-Instruct.Q4_1.gguf"));
    checkFamily("smollm2", source);
    JsonField chat = JsonField.read(folder.resolve("reference.json")).member("chat");
    assertThat(
            ChatTemplate.of(source, Map.of(), "smollm2")
                .render(List.of(new ChatMessage("user", "What is the capital of France?")), true))
        .isEqualTo(chat.member("text").text());
  }

  /** A GGUF file has the text of its chat template near its start, after key, type and length. */
  private static String templateOf(Path gguf) throws IOException {
    byte[] head = new byte[8 << 20];
    try (RandomAccessFile file = new RandomAccessFile(gguf.toFile(), "r")) {
      file.readFully(head);
    }
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf("tokenizer.chat_template") + "tokenizer.chat_template".length() + 4;
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    return new String(head, at + 8, (int) length, StandardCharsets.UTF_8);
  }

  @Test
  void single_features_are_written_or_refused_as_by_jinja2() throws IOException {
    JsonNode golden = golden();
    for (JsonNode one : golden.path("snippets")) {
      check(golden, one.path("source").asText(), one, "talk");
    }
    assertThat(golden.path("snippets").size()).isEqualTo(94);
  }
}
