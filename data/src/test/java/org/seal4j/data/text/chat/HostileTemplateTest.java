package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.JsonField;
import org.seal4j.data.testing.SharedData;

/**
 * A template that comes with a model can neither hang the program, nor fill it, nor look into it.
 */
class HostileTemplateTest {
  private static final List<ChatMessage> ASK = List.of(new ChatMessage("user", "Hello"));
  private static final Duration LIMIT = Duration.ofSeconds(60); // a busy machine; about 1 s alone

  private static String refusal(String source) {
    InputException[] refused = new InputException[1];
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () ->
            assertThatThrownBy(() -> ChatTemplate.of(source, Map.of(), "hostile").render(ASK, true))
                .isInstanceOfSatisfying(InputException.class, e -> refused[0] = e));
    return refused[0].getMessage();
  }

  @Test
  @Tag("slow")
  void nested_loops_without_output_end_after_a_number_of_steps() {
    Path file = SharedData.orSkip("../cases/reliability").resolve("template-loops.json");
    assertThat(refusal(JsonField.read(file).member("chat_template").text()))
        .contains("hostile, line 1", "more than 10,000,000 steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}@steps",
        "{% for a in range(1000000000) %}{% endfor %}@a list of 1,000,000,000 elements",
        "{{ range(0, 400000000000000000, 2) | length }}@a list of",
        "{{ 'x' * 1000000000 }}@4,194,304 characters",
        "{{ 'x' * 400000000000000000 }}@characters",
        "{{ 'xx' * 900000000000000000 }}@characters",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{%"
            + " endfor %}@characters",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{%"
            + " endfor %}@elements",
        "{% set s = 'xyxyxyxyxy' * 99999 %}{{ s.replace('x', s) }}@characters",
        "{% set s = 'a\\n' * 9999 %}{{ s | indent(99999) }}@characters",
        "{{ ['x' * 99999] | list | join }}{% set s = 'x' * 99999 %}{{ range(9999) | join(s)"
            + " }}@characters",
        "{% for a in range(9999) %}{{ 'x' * 99999 }}{% endfor %}@characters",
        "{% set ns = namespace(s=[1, 1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s }}@characters",
        "{% set ns = namespace(s=[1, 1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s | tojson }}@characters",
        "{% set ns = namespace(s=[1], t=[1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s]"
            + " %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}@steps",
        "{% set s = 'x' * 999999 %}{% for i in range(99999) %}{{ 'y' in s }}{% endfor %}@steps",
        "{% set s = 'x' * 999999 %}{% for i in range(99999) %}{{ s[i] }}{% endfor %}@steps",
        "{% set s = ',' * 999999 %}{{ s.split(',') | length }}@elements",
        "{% set s = 'x' * 999999 %}{% for c in s %}{% endfor %}@999,999 characters",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}@500 deep",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}@500 deep",
        "{% set n = 900000000000000000 %}{{ n * n }}@more digits",
        "{{ [1] | tojson(indent=400000000000000000) | length }}{{ 'a\\n"
            + "b' | indent(4000000000) }}@characters"
      })
  @Tag("slow")
  void what_grows_without_end_is_refused(String source, String reason) {
    assertThat(refusal(source.replace("\\n", "\n"))).contains("hostile, line ", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "(@)",
        "[@]",
        "{'k': @}",
        "not_@",
        "-@",
        "1 + @",
        "'a' ~ @",
        "1_if_0_else_@",
        "x_or_@",
        "m(@)",
        "@[0]",
        "@.x",
        "@()",
        "@ | upper",
        "@_is_defined"
      })
  @Tag("slow")
  void what_nests_without_end_is_refused(@Nullable String before, @Nullable String after) {
    String opening = Objects.requireNonNullElse(before, "").replace('_', ' ');
    String closing = Objects.requireNonNullElse(after, "").replace('_', ' ');
    for (int depth : List.of(2_000, 100_000)) {
      assertThat(refusal("{{ " + opening.repeat(depth) + "1" + closing.repeat(depth) + " }}"))
          .contains("hostile, line 1", "deep");
    }
  }

  @Test
  void blocks_that_nest_without_end_are_refused() {
    int depth = 100_000;
    assertThat(refusal("{% if true %}".repeat(depth) + "{% endif %}".repeat(depth)))
        .isEqualTo("hostile, line 1, column 1301: blocks nest more than 100 deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{{ ns.s }}@deep",
        "{{ ns.s | tojson }}@deep",
        "{{ ns.s == [ns.s] }}@deep",
        "{{ ns.s in [[ns.s]] }}@deep",
        "{{ ns.s in {} }}@a key",
        "{{ {}[ns.s] }}@a key",
        "{{ {}.get(ns.s) }}@a key",
        "{{ {ns.s: 1} }}@a key"
      })
  @Tag("slow")
  void values_that_nest_without_end_are_refused(String use, String reason) {
    String nested =
        "{% set ns = namespace(s=[]) %}{% for i in range(99999) %}"
            + "{% set ns.s = [ns.s] %}{% endfor %}";
    assertThat(refusal(nested + use)).contains("hostile, line 1", reason);
  }

  @Test
  void a_namespace_inside_itself_does_no_harm() {
    String source =
        "{% set ns = namespace(x=1) %}{% set ns.x = ns %}{{ ns == ns.x }}{{ ns is sameas ns.x }}"
            + "{{ ns in [namespace(x=ns)] }}{{ ns == namespace(x=ns) }}{{ [ns] == [ns.x] }}";
    assertThat(ChatTemplate.of(source, Map.of(), "hostile").render(ASK, true))
        .isEqualTo("TrueTrueFalseFalseTrue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "{{ ''.getClass() }}",
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ messages.getClass() }}",
        "{{ messages[0].hashCode() }}",
        "{{ messages[0].clear() }}",
        "{{ messages.add(1) }}",
        "{{ loop.getClass() }}",
        "{{ namespace().getClass() }}",
        "{{ namespace(a=1).names() }}",
        "{{ raise_exception.getClass() }}",
        "{{ ''.upper.getClass() }}",
        "{{ ''.upper.__globals__ }}{{ range.call() }}",
        "{% for m in messages %}{{ loop.elements() }}{% endfor %}"
      })
  void no_method_of_java_can_be_called(String source) {
    assertThat(refusal(source)).contains("hostile, line 1", "undefined");
  }

  @Test
  void names_of_java_are_undefined() {
    String names = "{{ ''['class'] }}{{ ''.class }}{{ messages.size }}{{ java }}{{ range.class }}";
    assertThat(ChatTemplate.of(names, Map.of(), "hostile").render(ASK, true)).isEmpty();
  }

  @Test
  void a_long_conversation_is_far_from_the_limits() {
    List<ChatMessage> talk =
        IntStream.range(0, 2000)
            .mapToObj(i -> new ChatMessage(i % 2 == 0 ? "user" : "assistant", "word ".repeat(100)))
            .toList();
    String source =
        "{% set ns = namespace(n=messages|length - 1) %}{% for m in messages[::-1] %}{% if m.role"
            + " == 'user' %}{% set ns.n = ns.n - 1 %}{% endif %}{% endfor %}{% for m in messages"
            + " %}{% if loop.index0 > 0 and messages[loop.index0 - 1].role == m.role %}{{"
            + " raise_exception('twice') }}{% endif %}{{ '<' + m.role + '>' + m.content | trim +"
            + " '\\n"
            + "' }}{% endfor %}";
    String text = ChatTemplate.of(source, Map.of(), "long").render(talk, true);
    assertThat(text.length()).isEqualTo(1_017_000);
  }
}
