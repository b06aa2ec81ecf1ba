package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrimmedTextTest {
  @ParameterizedTest
  @ValueSource(strings = {" Ulm", "Ulm \n", "\n\n a  b\n c \t\n", "a", "   ", "", " é 😀 "})
  void the_pieces_are_the_stripped_text_wherever_they_are_cut(String text) {
    for (int size = 1; size <= Math.max(1, text.length()); size++) {
      StringBuilder heard = new StringBuilder();
      TrimmedText trimmed = new TrimmedText(heard::append);
      for (int at = 0; at < text.length(); at += size) {
        trimmed.accept(text.substring(at, Math.min(text.length(), at + size)));
      }
      assertThat(heard.toString()).as("pieces of %d", size).isEqualTo(text.strip());
    }
  }

  @Test
  void what_is_sure_goes_out_at_once() {
    List<String> heard = new ArrayList<>();
    TrimmedText trimmed = new TrimmedText(heard::add);
    List.of(" ", " In", " ", "Ulm", ".\n").forEach(trimmed);
    assertThat(heard).containsExactly("In", " Ulm", ".");
  }
}
