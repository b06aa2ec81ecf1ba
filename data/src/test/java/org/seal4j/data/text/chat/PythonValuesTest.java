package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;

/** Values that templates have from Python. What is expected was written by jinja2 3.1.6. */
class PythonValuesTest {
  private static String rendered(String template) {
    return ChatTemplate.of(template, Map.of(), "test")
        .render(List.of(new ChatMessage("user", "Hi")), false);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'\\101\\7b',U+41 U+7 U+62",
        "'\\a\\b\\f\\v\\0',U+7 U+8 U+C U+B U+0",
        "'\\U0001F600',U+1F600",
        "'\\u00e9\\x41',U+E9 U+41",
        "'\\d\\8',U+5C U+64 U+5C U+38",
        "'\\r\\t\\n\\'\\\"\\\\',U+D U+9 U+A U+27 U+22 U+5C"
      })
  void escapes_in_texts_are_pythons(String text, String characters) {
    String found =
        rendered("{{ " + text + " }}x")
            .codePoints()
            .mapToObj(c -> "U+%X".formatted(c))
            .reduce("", (left, right) -> left + right + " ");
    assertThat(found).isEqualTo(characters + " U+78 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'\\N{DASH}'", "'\\U00110000'", "'\\x4'", "'\\u12'", "'\\U1234567'"})
  void escapes_that_name_no_character_are_refused_with_their_place(String text) {
    assertThatThrownBy(() -> rendered("{{ " + text + " }}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 1, column 5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "range(1, 9, 3)|list#[1, 4, 7]",
        "range(6)[1:5:2]|list#[1, 3]",
        "range(4)[::-1]|list#[3, 2, 1, 0]",
        "range(4)[-1]#3",
        "range(3) == [0, 1, 2]#False",
        "range(0, 3) == range(3)#True",
        "2 in range(3)#True",
        "range(3)|length#3",
        "range(0)|list#[]",
        "'not' if range(0) else 'empty'#empty",
        "'abc'[true]#b",
        "[4, 5][false]#4"
      })
  void ranges_and_places_are_pythons(String expression, String text) {
    assertThat(rendered("{{ " + expression + " }}")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "range(4)",
        "range(4)[1:]",
        "range(4)|tojson",
        "range(2) + range(3)",
        "[range(2)]"
      })
  void a_range_itself_is_written_into_no_text(String expression) {
    assertThatThrownBy(() -> rendered("{{ " + expression + " }}"))
        .isInstanceOf(InputException.class);
  }

  @Test
  void a_loop_knows_its_depth_and_a_macro_what_more_it_was_given() {
    assertThat(rendered("{% for m in messages %}{{ loop.depth }}{{ loop.depth0 }}{% endfor %}"))
        .isEqualTo("10");
    assertThat(
            rendered(
                "{% macro f(a) %}{{ a }}{{ varargs }}{{ kwargs }}{{ caller is defined }}"
                    + "{% endmacro %}{{ f(1) }}"))
        .isEqualTo("1(){}False");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "[1]", "nothing", "none"})
  void texts_alone_are_indented(String value) {
    assertThatThrownBy(() -> rendered("{{ " + value + "|indent(2) }}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text is needed");
  }
}
