package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.document.Document.Gap;
import org.seal4j.data.document.Document.Paragraph;
import org.seal4j.data.document.Document.Place;
import org.seal4j.data.document.Document.Section;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

class PassageSplitterTest {
  private static final List<String> PIECES =
      List.of(
          "word",
          "Word",
          "e.g.",
          "Dr.",
          "end.",
          "why?",
          "\u5b57",
          "\u5b57\u5b57\u3002",
          "\u0e01\u0e34",
          "x".repeat(70),
          "\ud83d\ude00",
          "\u00e4\u0301",
          "3.14",
          "(see",
          "that)",
          "-",
          "\"quoted.\"",
          "\ud842\udfb7",
          "a\u0301".repeat(40));

  @Test
  @Tag("slow")
  void no_word_is_lost_none_comes_twice_and_no_passage_is_too_long() {
    Rng rng = TestSeeds.of("splitter", 14).rng();
    for (int round = 0; round < 300; round++) {
      int most = 10 + rng.nextInt(40);
      List<Section> sections = new ArrayList<>();
      StringBuilder whole = new StringBuilder();
      for (int s = rng.nextInt(4); s >= 0; s--) {
        List<Paragraph> paragraphs = new ArrayList<>();
        for (int p = rng.nextInt(6); p >= 0; p--) {
          String text = text(rng);
          whole.append(text);
          Gap gap = rng.nextInt(2) == 0 ? Gap.EMPTY_LINE : Gap.LINE;
          paragraphs.add(new Paragraph(text, gap, new Place("line", 1)));
        }
        sections.add(new Section(List.of("Heading " + rng.nextInt(2)), paragraphs));
      }
      List<DocumentPassage> passages =
          new PassageSplitter(most).passages(Document.of("a.txt", "A", sections));
      StringBuilder together = new StringBuilder();
      for (DocumentPassage passage : passages) {
        together.append(passage.text());
        assertThat(passage.words()).isBetween(1, most);
        assertThat(passage.text()).isEqualTo(passage.text().strip());
      }
      assertThat(letters(together.toString())).isEqualTo(letters(whole.toString()));
      assertThat(passages.stream().map(DocumentPassage::id).distinct()).hasSize(passages.size());
    }
  }

  private static String text(Rng rng) {
    StringBuilder text = new StringBuilder();
    for (int n = rng.nextInt(120); n >= 0; n--) {
      text.append(PIECES.get(rng.nextInt(PIECES.size())));
      text.append(rng.nextInt(12) == 0 ? "" : rng.nextInt(15) == 0 ? "\n" : " ");
    }
    return text.toString().strip();
  }

  private static String letters(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void what_fits_under_one_heading_is_one_passage_and_headings_part() {
    assertThat(split(30, section("A", 10, 8, 7), section("A", 5), section("B", 3)))
        .containsExactly(30, 3);
  }

  @Test
  void passages_are_as_few_as_possible_and_nearly_equal() {
    assertThat(split(100, section("A", 50, 50, 50, 50))).containsExactly(100, 100);
    assertThat(split(150, section("A", 50, 50, 50, 50))).containsExactly(100, 100);
    assertThat(split(150, section("A", 200))).containsExactly(100, 100);
    assertThat(split(150, section("A", 100, 100, 100))).containsExactly(100, 100, 100);
  }

  @Test
  void a_long_paragraph_is_cut_between_sentences() {
    String sentence = "Mr. J. Smith said e.g. that it costs 3.14 a piece. ";
    String text = sentence.repeat(30).strip();
    List<DocumentPassage> passages =
        passages(50, List.of(new Section(List.of(), List.of(line(text)))));
    assertThat(passages).hasSize(8);
    assertThat(passages)
        .allSatisfy(
            passage ->
                assertThat(passage.text()).startsWith("Mr. J. Smith said").endsWith("a piece."));
  }

  @Test
  void chinese_is_cut_behind_its_full_stops() {
    String text = "\u6c34\u6cf5\u628a\u6c34\u62bd\u4e0a\u6765\u3002".repeat(10);
    List<DocumentPassage> passages =
        passages(20, List.of(new Section(List.of(), List.of(line(text)))));
    assertThat(passages).hasSize(5);
    assertThat(passages).allSatisfy(passage -> assertThat(passage.text()).endsWith("\u3002"));
  }

  private static Section section(String heading, int... words) {
    List<Paragraph> paragraphs = new ArrayList<>();
    for (int n : words) {
      paragraphs.add(line("word ".repeat(n).strip()));
    }
    return new Section(List.of(heading), paragraphs);
  }

  private static Paragraph line(String text) {
    return new Paragraph(text, Gap.EMPTY_LINE, new Place("line", 1));
  }

  private static List<Integer> split(int most, Section... sections) {
    return passages(most, List.of(sections)).stream().map(DocumentPassage::words).toList();
  }

  private static List<DocumentPassage> passages(int most, List<Section> sections) {
    return new PassageSplitter(most).passages(Document.of("a.txt", "A", sections));
  }
}
