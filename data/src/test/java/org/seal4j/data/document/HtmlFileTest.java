package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class HtmlFileTest {
  @TempDir Path folder;

  @Test
  void headings_and_text_are_read_and_what_leads_elsewhere_is_not() throws IOException {
    List<DocumentPassage> passages =
        read(
            """
            <!DOCTYPE html>
            <html><head><title>Pumps &amp; taps</title><style>p {color: red}</style></head>
            <body>
            <nav><a href="/">Home</a></nav>
            <h1>Pumps</h1>
            <p>A <b>pump</b> moves
               wa&shy;ter.<br>It turns.</p>
            <script>alert("no")</script>
            <h2>Care</h2>
            <div>Use <a href="http://x.y">the oil</a><p hidden>secret</p></div>
            <ul><li>fill<ul><li>slowly</li></ul></li><li><p>start</p></li></ul>
            <table><tr><th>part</th><th>price</th></tr><tr><td>tap</td><td>3</td></tr></table>
            <pre>
            a
              b</pre>
            <footer>2026</footer>
            </body></html>
            """);
    assertThat(passages)
        .extracting(DocumentPassage::title)
        .containsExactly("Pumps", "Pumps - Care");
    assertThat(passages.get(0).text()).isEqualTo("A pump moves water.\nIt turns.");
    assertThat(passages.get(0).source()).isEqualTo("a.html, line 6");
    assertThat(passages.get(1).text())
        .isEqualTo(
            """
            Use the oil

            - fill
              - slowly
            - start

            part | price
            tap | 3

            a
              b""");
  }

  @Test
  void the_main_part_is_read_where_a_page_names_one_and_the_title_is_the_pages()
      throws IOException {
    List<DocumentPassage> passages =
        read(
            "<title>Shop</title><body><p>Menu</p><main><h2>Taps</h2>Brass.</main><p>Ads</p></body>");
    assertThat(passages).hasSize(1);
    assertThat(passages.get(0).title()).isEqualTo("Shop - Taps");
    assertThat(passages.get(0).text()).isEqualTo("Brass.");
  }

  @Test
  void a_page_in_another_encoding_is_refused_with_the_one_that_it_declares() throws IOException {
    Path file = folder.resolve("b.htm");
    Files.write(
        file,
        "<meta charset=windows-1252><p>M\u00fcller</p>".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Documents.read(List.of(file), DocumentLimits.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 1, byte 31 (0xFC) begins no character; save it as UTF-8")
        .hasMessageEndingWith("(it declares windows-1252)");
  }

  @Test
  void tags_that_are_nested_without_end_are_read_or_refused_in_a_sentence() throws IOException {
    Path file = folder.resolve("deep.html");
    int refused = 0;
    for (String tag : List.of("<div>", "<b>", "<ul><li>", "<table><tr><td>")) {
      Files.writeString(file, tag.repeat(5_000) + "Words.");
      try {
        DocumentSet set = Documents.read(List.of(file), DocumentLimits.defaults());
        assertThat(set.passages().get(0).text()).endsWith("Words.");
      } catch (InputException e) {
        refused++;
        assertThat(e).hasMessage(file + " has more than 400 tags inside each other");
      }
    }
    assertThat(refused).isPositive();
  }

  private List<DocumentPassage> read(String html) throws IOException {
    Path file = folder.resolve("a.html");
    Files.writeString(file, html);
    return Documents.read(List.of(file), DocumentLimits.defaults()).passages();
  }
}
