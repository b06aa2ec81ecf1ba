package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;

class PlainTextTest {
  @Test
  void lines_that_a_page_broke_are_joined_and_items_are_not() {
    String text =
        """
        This paragraph was broken by a program that keeps lines short,
        so that its lines belong together and the last one is a short
        one.
        - an item
        - another one, which goes on for so long that it fills a line
          and the next

        Name: pump
        Price: 3
        """;
    assertThat(texts(text))
        .containsExactly(
            "This paragraph was broken by a program that keeps lines short, so that its lines belong"
                + " together and the last one is a short one.",
            "- an item",
            "- another one, which goes on for so long that it fills a line and the next",
            "Name: pump",
            "Price: 3");
  }

  @Test
  void a_paragraph_of_a_line_stays_one() {
    String line = "word ".repeat(40).strip();
    assertThat(texts(line + "\n" + line)).containsExactly(line, line);
  }

  @Test
  void what_nobody_sees_goes() {
    assertThat(texts(CleanText.lines("a\u00a0b\u00adc\u200b\u0007d\r\n\r\ne\u2028f")))
        .containsExactly("a bc d", "e", "f");
  }

  private static List<String> texts(String text) {
    return PlainText.paragraphs(text, line -> new Place("line", line)).stream()
        .map(Paragraph::text)
        .toList();
  }
}
