package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class MarkdownFileTest {
  @TempDir Path folder;

  @Test
  void headings_go_to_the_titles_and_lines_to_the_sources() throws IOException {
    List<DocumentPassage> passages =
        read(
            """
            # The pump

            It moves water.

            ## Care

            ### Oil

            Change the oil
            once a year.

            ## Faults
            No water: open the tap.
            """);
    assertThat(passages)
        .extracting(DocumentPassage::title)
        .containsExactly("The pump", "The pump - Care - Oil", "The pump - Faults");
    assertThat(passages)
        .extracting(DocumentPassage::text)
        .containsExactly(
            "It moves water.", "Change the oil once a year.", "No water: open the tap.");
    assertThat(passages)
        .extracting(DocumentPassage::source)
        .containsExactly("a.md, line 3", "a.md, line 9", "a.md, line 13");
    assertThat(passages)
        .extracting(DocumentPassage::id)
        .containsExactly("a.md/1", "a.md/2", "a.md/3");
  }

  @Test
  void front_matter_gives_the_title_where_no_heading_does() throws IOException {
    DocumentPassage passage =
        read("---\ntitle: \"Old pumps\"\ndate: 1999\n---\n\nThey leak.\n").get(0);
    assertThat(passage.title()).isEqualTo("Old pumps");
    assertThat(passage.text()).isEqualTo("They leak.");
    assertThat(passage.source()).isEqualTo("a.md, line 6");
  }

  @Test
  void two_headings_of_the_first_level_are_chapters_of_a_file() throws IOException {
    assertThat(read("# One\na\n# Two\nb\n"))
        .extracting(DocumentPassage::title)
        .containsExactly("a - One", "a - Two");
  }

  @Test
  void links_are_their_words_and_code_stays_as_it_is() throws IOException {
    String text =
        read("""
                See [the *manual*](http://x.y/z "t") and ![a pump](p.png).

                ```java
                int a = 1;

                  int b;
                ```

                1. fill
                2. start
                   - slowly
                   - with `-v`

                | part | price |
                |------|------:|
                | tap  | 3     |

                <p>By <b>us</b></p>
                """)
            .get(0)
            .text();
    assertThat(text)
        .isEqualTo(
            """
            See the manual and a pump.

            int a = 1;

              int b;

            1. fill
            2. start
               - slowly
               - with -v

            part | price
            tap | 3

            By us""");
  }

  @Test
  void a_heading_with_nothing_under_it_is_not_lost() throws IOException {
    List<DocumentPassage> passages =
        read("# T\n## Colours\n### Red\n### Green\n## Sizes\nSmall.\n");
    assertThat(passages)
        .extracting(DocumentPassage::title)
        .containsExactly("T - Colours", "T - Sizes");
    assertThat(passages.get(0).text()).isEqualTo("Red\n\nGreen");
  }

  @Test
  void marks_that_are_nested_without_end_are_read_or_refused_in_a_sentence() throws IOException {
    for (String mark : List.of("> ", "- ", "[", "*a **b ", "`", "<div>", "![", "\\t")) {
      Path file = folder.resolve("deep.md");
      Files.writeString(file, mark.repeat(5_000) + "words");
      try {
        DocumentSet set = Documents.read(List.of(file), DocumentLimits.defaults());
        assertThat(set.passages()).isNotEmpty();
      } catch (InputException e) {
        assertThat(e.getMessage()).startsWith(file.toString());
      }
    }
  }

  /** The parser takes time that grows faster than the square of such a paragraph. */
  @Test
  @Tag("slow")
  void a_paragraph_of_links_and_emphasis_without_end_is_refused() throws IOException {
    Path file = folder.resolve("links.md");
    Files.writeString(file, "[a](b) *c* ".repeat(100_000));
    assertThatThrownBy(() -> Documents.read(List.of(file), DocumentLimits.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a paragraph with too many links and marks of emphasis");
    Files.writeString(file, "- [a](b) *c*\n".repeat(20_000));
    assertThat(Documents.read(List.of(file), DocumentLimits.defaults()).passages()).isNotEmpty();
  }

  private List<DocumentPassage> read(String text) throws IOException {
    Path file = folder.resolve("a.md");
    Files.writeString(file, text);
    return Documents.read(List.of(file), DocumentLimits.defaults()).passages();
  }
}
