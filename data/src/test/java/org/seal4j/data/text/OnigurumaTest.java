package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.check.InputException;

/** Expressions of files against what the Rust library does, see {@code golden/oniguruma}. */
class OnigurumaTest {
  private static final String GOLDEN = "/golden/oniguruma/cases.jsonl";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Finder finder(String expression) {
    return Finder.of(Oniguruma.read(expression, "tokenizer.json: /normalizer/pattern/Regex"));
  }

  private static List<String> pieces(SplitAt split, String text) {
    List<String> pieces = new ArrayList<>();
    split.split(
        text,
        true,
        (piece, first) -> {
          if (!piece.isEmpty()) {
            pieces.add(piece);
          }
        });
    return pieces;
  }

  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(OnigurumaTest.class.getResourceAsStream(GOLDEN)),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        cases.add(MAPPER.readTree(line));
      }
    }
    return cases;
  }

  @Test
  void texts_are_replaced_and_cut_as_the_library_does_or_the_expression_is_refused()
      throws IOException {
    int refused = 0;
    List<JsonNode> cases = cases();
    for (JsonNode one : cases) {
      String text = one.path(1).textValue();
      Finder finder;
      try {
        finder = finder(one.path(0).textValue());
      } catch (InputException e) {
        refused++;
        continue;
      }
      assertThat(Normalizers.replace(finder, "<>").apply(text))
          .as("%s", one)
          .isEqualTo(one.path(2).textValue());
      SplitAt split =
          new SplitAt(
              finder,
              SplitAt.Behavior.of(one.path(3).textValue()).orElseThrow(),
              one.path(4).booleanValue());
      List<String> expected = new ArrayList<>();
      one.path(5).forEach(piece -> expected.add(piece.textValue()));
      assertThat(pieces(split, text)).as("%s", one).isEqualTo(expected);
    }
    assertThat(cases).hasSize(1200);
    assertThat(refused).isLessThan(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "(?y{g}:a)~one of the options of (?y",
        "a(?D:\\d)~one of the options of (?D:",
        "x\\Yx~the boundary of text segments, \\Y",
        "(?x)a b # c~'#' in extended mode, (?x)",
        "[a~premature end of char-class",
        "a{3,1}~upper is smaller than lower",
        "\\p{Klingon}~Klingon",
        "(?<=a+)b~invalid pattern in look-behind"
      })
  void what_is_not_supported_is_refused_by_name(String expression, String name) {
    assertThatThrownBy(() -> finder(expression))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("tokenizer.json: /normalizer/pattern/Regex: ")
        .hasMessageContaining(name);
  }

  @Test
  void the_absent_operator_is_refused() {
    assertThatThrownBy(() -> finder("/\\*(?~\\*/)\\*/"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the absent operator (?~");
  }

  @Test
  void an_empty_text_is_found_between_all_characters() {
    assertThat(Normalizers.replace(Finder.literal(""), "-").apply("é中😀")).isEqualTo("-é-中-😀-");
    assertThat(Normalizers.replace(Finder.literal(""), "-").apply("")).isEmpty();
  }
}
