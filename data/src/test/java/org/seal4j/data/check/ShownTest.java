package org.seal4j.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "001b, \\u001b",
        "0007, \\u0007",
        "0000, \\u0000",
        "007f, \\u007f",
        "009b, \\u009b",
        "202e, \\u202e",
        "2066, \\u2066",
        "200e, \\u200e",
        "feff, \\ufeff",
        "00ad, \\u00ad",
        "2028, \\u2028",
        "d800, \\ud800",
        "dfff, \\udfff",
        "e0041, \\udb40\\udc41",
        "000a, \\n",
        "0009, \\t",
        "000d, \\r"
      })
  void what_a_terminal_obeys_or_hides_is_written_out(String codePoint, String shown) {
    String hidden = new String(Character.toChars(Integer.parseInt(codePoint, 16)));
    assertThat(Shown.line("a" + hidden + "b")).isEqualTo("a" + shown + "b");
    assertThat(Checks.refuse("'%s' is wrong", hidden)).hasMessage("'" + shown + "' is wrong");
  }

  @Test
  void what_people_write_stays_as_it_is() {
    for (String text : List.of("", "ß é 五 \ufffd", "👩\u200d🔬 नमस\u200dते", "C:\\a\\b", "—“”")) {
      assertThat(Shown.line(text)).isEqualTo(text);
    }
  }

  @Test
  void line_feeds_and_tabs_stay_in_a_text_of_several_lines() {
    assertThat(Shown.lines("a\n\tb\r\u001b[2J")).isEqualTo("a\n\tb\\r\\u001b[2J");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    String text = "x".repeat(119) + "😀😀";
    assertThat(Shown.text(text)).isEqualTo("x".repeat(119) + "...");
    assertThat(Shown.text("x".repeat(120))).hasSize(120);
    assertThat(Checks.refuse("%s", "x".repeat(9999)).getMessage()).hasSize(2003).endsWith("x...");
    assertThat(Shown.names(List.of("a\u001b", "b"))).isEqualTo("[a\\u001b, b]");
  }
}
