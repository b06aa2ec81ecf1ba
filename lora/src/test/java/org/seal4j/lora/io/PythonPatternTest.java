package org.seal4j.lora.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;

/** What {@code re.fullmatch} of Python 3.11 answers, or refuses. */
class PythonPatternTest {
  private static final String Q3 = "model.layers.3.self_attn.q_proj";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        ".*\\.(?P<x>q|v)_proj; model.layers.3.self_attn.q_proj; true",
        ".*\\.(?P<x>q|v)_proj; q_proj; false",
        "(?P<a_1>m)ode(?P<b>l).*; model.layers.3.self_attn.q_proj; true",
        "(?P<s>[sa]).*(?P=s); saatas; true",
        "(?P<s>[sa]).*(?P=s); saat; false",
        "(a)(b)\\2\\1; abba; true",
        "(a)(b)(?:\\1)0; aba0; true",
        "(a)(b)\\g; x; -",
        "q_proj\\Z; q_proj; true",
        "\\Aq_proj$; q_proj; true",
        "q_proj\\z; q_proj; -",
        "q{,2}_proj; _proj; true",
        "q{,2}_proj; qqq_proj; false",
        "q{,}_proj; qqq_proj; true",
        "q{2}_proj; qq_proj; true",
        "q{}_proj; q{}_proj; true",
        "q{x}_proj; q{x}_proj; true",
        "q{2}{3}; qqqqqq; -",
        "q**; q; -",
        "^*q; q; -",
        "(?:q{2}){3}; qqqqqq; true",
        "q{2}?q; qqq; true",
        "q++q; qqq; false",
        "q{1,2}+q; qqq; true",
        "q{1,2}+q; qq; false",
        "(?>qq|q)q; qq; false",
        "[]q]+; q]q; true",
        "[^]q]+; q; false",
        "[[q]+; [q; true",
        "[q&&r]+; &q; true",
        "[q-]+; q-; true",
        "[\\d-]+; 3-; true",
        "[\\w-z]; w; -",
        "[z-a]; b; -",
        "[\\b]; b; false",
        "\\x71\\u005f\\U00000070\\162\\157j; q_proj; true",
        "\\q_proj; q_proj; -",
        "\\h; a; -",
        "\\Qq\\E; q; -",
        "\\p{L}; q; -",
        "\\_proj; _proj; true",
        "(?i)Q_PROJ; q_proj; true",
        "q(?i); q; -",
        "(?i:Q)_proj; q_proj; true",
        "(?i:Q)_PROJ; q_proj; false",
        "(?i)q(?-i:_PROJ); Q_PROJ; true",
        "(?<n>q); q; -",
        "(?|q); q; -",
        "(?#words)q_proj; q_proj; true",
        "q(?#words)*; qqq; true",
        "(?!.*k_proj).*_proj; v_proj; true",
        "(?!.*k_proj).*_proj; k_proj; false",
        "q_(?<=q_)proj; q_proj; true",
        "q_(?<!q_)proj; q_proj; false",
        "\\bq_proj\\b; q_proj; true",
        "q\\B_proj; q_proj; true",
        "q\\b_proj; q_proj; false",
        "(q; q; -",
        "q); q; -",
        "[q; q; -",
        "q\\; q; -",
        "(?P<1>q); q; -",
        "(?P<x>q)(?P<x>r); qr; -",
        "(q\\1); qq; -",
        "\\3(a)(b)(c); abc; -"
      })
  void an_expression_means_what_Python_means(String expression, String text, String expected) {
    if (expected.equals("-")) {
      assertThatThrownBy(() -> PythonPattern.of(expression, "a.json: target_modules"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("a.json: target_modules: '")
          .message()
          .hasLineCount(1);
    } else {
      assertThat(PythonPattern.of(expression, "a.json").matches(text))
          .isEqualTo(expected.equals("true"));
    }
  }

  /** As fine-tuning tools write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:.*?(?:language|text).*?(?:self_attn|mlp).*?(?:q_proj|down_proj).*?)|(?:\\bmodel\\.layers"
            + "\\.[\\d]{1,}\\.(?:self_attn|attention|attn|mlp)\\.(?:(?:k_proj|q_proj)))",
        "^(?!.*visual).*(?:k_proj|q_proj|v_proj)$",
        "^(model(?=\\.).*\\.(o_proj|q_proj))$",
        "model\\.layers\\.(0|3|1[0-9])\\.self_attn\\.[qkvo]_proj"
      })
  void expressions_of_published_adapters_are_read(String expression) {
    assertThat(PythonPattern.of(expression, "a.json").matches(Q3)).isTrue();
    assertThat(PythonPattern.of(expression, "a.json").matches("model.layers.4.mlp.up_proj"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?x)q _proj", "(q)?(?(1)r|s)", "\\N{DIGIT ONE}", "(?L)q"})
  void what_Python_knows_and_is_not_translated_is_named(String expression) {
    assertThatThrownBy(() -> PythonPattern.of(expression, "a.json: target_modules"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("which is not supported");
  }
}
