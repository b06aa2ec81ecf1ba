package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;

class ChatTemplateTest {
  private static final List<ChatMessage> TALK =
      List.of(
          new ChatMessage("system", "Be brief."),
          new ChatMessage("user", "Where is Ulm? "),
          new ChatMessage("assistant", "On the Danube."),
          new ChatMessage("user", "Thanks."));

  @TempDir private Path folder;

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        ChatTemplateTest.class.getResourceAsStream("/golden/jinja2-3.1.6/cases.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static ChatTemplate template(String text) {
    return ChatTemplate.of(text, Map.of("bos_token", "<|begin_of_text|>"), "test");
  }

  @Test
  void texts_are_those_of_jinja2() throws IOException {
    JsonNode golden = golden();
    Map<String, String> tokens = new HashMap<>();
    golden.path("tokens").properties().forEach(e -> tokens.put(e.getKey(), e.getValue().asText()));
    int number = 0;
    for (JsonNode one : golden.path("cases")) {
      List<ChatMessage> messages = new ArrayList<>();
      one.path("messages")
          .forEach(
              m ->
                  messages.add(
                      new ChatMessage(m.path("role").asText(), m.path("content").asText())));
      String source = one.path("template").asText();
      boolean prompt = one.path("prompt").asBoolean();
      ChatTemplate template = ChatTemplate.of(source, tokens, "case " + number++);
      if (one.has("error")) {
        assertThatThrownBy(() -> template.render(messages, prompt))
            .as(source)
            .isInstanceOf(InputException.class)
            .hasMessageContaining(one.path("error").asText());
      } else {
        assertThat(template.render(messages, prompt))
            .as(source)
            .isEqualTo(one.path("text").asText());
      }
    }
    assertThat(number).isEqualTo(138);
  }

  @Test
  void llama_3_is_written_as_documented() throws IOException {
    String source = golden().path("cases").path(0).path("template").asText();
    assertThat(template(source).render(TALK, true))
        .isEqualTo(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nWhere is Ulm?<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\nOn the Danube.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nThanks.<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
  }

  @Test
  @Tag("slow")
  void qwen2_of_the_published_file_is_written_as_documented_and_encodes_to_its_marks() {
    Path qwen = SharedData.orSkip("tokenizers/qwen2");
    String text = ChatTemplate.load(qwen).render(TALK, true);
    assertThat(text)
        .startsWith(
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWhere is Ulm? <|im_end|>\n"
                + "<|im_start|>assistant\nOn the Danube.<|im_end|>\n"
                + "<|im_start|>user\nThanks.<|im_end|>\n<|im_start|>assistant\n");
    Tokenizer tokenizer = Tokenizers.load(qwen);
    int[] ids = tokenizer.encode(text);
    int end = tokenizer.id("<|im_end|>").orElseThrow();
    assertThat(ids).startsWith(tokenizer.id("<|im_start|>").orElseThrow());
    assertThat(Arrays.stream(ids).filter(id -> id == end).count()).isEqualTo(TALK.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{{ x | batch }}@column 8@the filter 'batch'@tojson",
        "{% call f() %}{% endcall %}@column 4@the statement 'call'@for",
        "{{ 3 is prime }}@column 9@the test 'prime'@defined",
        "{% if x %}@column 1@lacks its endif@tag",
        "a{% endfor %}@column 2@ends nothing@tag",
        "{{ 'a }}@column 1@not closed@}}",
        "{{ 1 + }}@column 8@the end of the tag@a value",
        "{% for m in messages recursive %}{% endfor %}@column 22@'recursive'@the end of the tag",
        "{{ 2 ** 3 }}@column 7@'*'@a value",
        "{{ x ? y }}@column 6@'?'@not supported"
      })
  void what_is_not_supported_is_refused_with_its_place(
      String source, String first, String second, String third) {
    assertThatThrownBy(() -> template(source))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("test, line 1, ", first, second, third);
  }

  @Test
  void values_of_the_wrong_kind_are_refused() {
    assertThatThrownBy(() -> template("{{ messages + 1 }}").render(TALK, true))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> template("\n{{ 'a'.zfill(3) }}").render(TALK, true))
        .hasMessageContainingAll("test, line 2, column 1", "'zfill'", "no function");
    assertThatThrownBy(() -> template("{{ nobody.role }}").render(TALK, true))
        .hasMessageContaining("undefined");
    assertThatThrownBy(() -> template("{{ 1 // 0 }}").render(TALK, true))
        .hasMessageContaining("zero");
    assertThatThrownBy(() -> new ChatMessage(" ", "x")).hasMessageContaining("role");
  }

  @Test
  void content_is_never_read_as_template() {
    List<ChatMessage> talk = List.of(new ChatMessage("user", "{{ bos_token }}{% if %}"));
    assertThat(template("{{ messages[0].content }}").render(talk, false))
        .isEqualTo("{{ bos_token }}{% if %}");
  }

  @Test
  void a_folder_has_its_template_in_a_file_or_in_the_configuration() throws IOException {
    assertThatThrownBy(() -> ChatTemplate.load(folder))
        .hasMessageContainingAll("chat_template.jinja", "tokenizer_config.json");
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(
        config,
        "{\"bos_token\": {\"content\": \"<s>\"}, \"chat_template\": [{\"name\": \"tools\","
            + " \"template\": \"t\"}, {\"name\": \"default\", \"template\": \"{{ bos_token"
            + " }}d\"}]}");
    assertThat(ChatTemplate.load(folder).render(TALK, true)).isEqualTo("<s>d");
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ bos_token }}f");
    assertThat(ChatTemplate.load(folder).render(TALK, true)).isEqualTo("<s>f");
  }

  @Test
  void today_is_known_where_a_clock_is_given() {
    Clock clock = Clock.fixed(Instant.parse("2026-09-08T21:04:05Z"), ZoneOffset.UTC);
    String forms = "%d %-d %b %B %Y %y %m %H %-H %I %-I %M %S %p %j %a %A 100%%";
    assertThat(template("{{ strftime_now('" + forms + "') }}").on(clock).render(TALK, true))
        .isEqualTo("08 8 Sep September 2026 26 09 21 21 09 9 04 05 PM 251 Tue Tuesday 100%");
    assertThatThrownBy(() -> template("{{ strftime_now('%Q') }}").on(clock).render(TALK, true))
        .hasMessageContainingAll("'%Q'", "not supported");
    assertThat(template("{{ strftime_now is defined }}").render(TALK, true)).isEqualTo("False");
    assertThatThrownBy(() -> template("{{ strftime_now('%Y') }}").render(TALK, true))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("strftime_now", "undefined", "give it a clock");
  }
}
