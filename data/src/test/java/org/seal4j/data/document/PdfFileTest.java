package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;

class PdfFileTest {
  @TempDir Path folder;

  @Test
  void text_is_read_by_pages_and_lines_become_paragraphs() throws IOException {
    List<DocumentPassage> passages =
        read(
            new WrittenPdf()
                .title("The pump")
                .page(
                    "The pump moves water from the lower basin to the upper one when-",
                    "ever the sun shines; it is a self-priming pump, and a self-",
                    "priming pump needs no foot valve. Its motor turns with the",
                    "wind as well.",
                    "",
                    "A second paragraph stands below a gap, and it goes on over the",
                    "end of this page because nothing ends the sentence that is")
                .page("begun here. So much for that.", "", "- one item", "- another item")
                .bytes());
    assertThat(passages).hasSize(1);
    DocumentPassage passage = passages.get(0);
    assertThat(passage.title()).isEqualTo("The pump");
    assertThat(passage.source()).isEqualTo("a_file.pdf, pages 1-2");
    assertThat(passage.text())
        .isEqualTo(
            """
            The pump moves water from the lower basin to the upper one whenever the sun shines; it is\
             a self-priming pump, and a self-priming pump needs no foot valve. Its motor turns with\
             the wind as well.

            A second paragraph stands below a gap, and it goes on over the end of this page because\
             nothing ends the sentence that is begun here. So much for that.

            - one item
            - another item""");
  }

  @Test
  void running_titles_and_page_numbers_go_and_forty_pages_are_read() throws IOException {
    WrittenPdf pdf = new WrittenPdf();
    for (int page = 1; page <= 40; page++) {
      String word = "word" + (char) ('a' + page % 26);
      String line = (word + " of the page is said again. ").repeat(3).strip();
      String[] lines = new String[32];
      Arrays.fill(lines, line);
      lines[0] = "Manual of the pump";
      lines[1] = "";
      lines[30] = "";
      lines[31] = "Page " + page + " of 40";
      pdf.page(lines);
    }
    String text =
        read(pdf.bytes()).stream().map(DocumentPassage::text).collect(Collectors.joining("\n"));
    assertThat(text).doesNotContain("Manual of the pump").doesNotContain("of 40");
    for (char letter = 'a'; letter <= 'z'; letter++) {
      assertThat(text).contains("word" + letter + " of the page is said again.");
    }
  }

  @Test
  void a_title_that_is_a_name_of_a_file_is_none() throws IOException {
    assertThat(
            read(new WrittenPdf().title("Microsoft Word - x.doc").page("Text here.").bytes())
                .get(0)
                .title())
        .isEqualTo("a file");
  }

  @Test
  void a_pdf_of_pictures_says_so() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        content.drawImage(LosslessFactory.createFromImage(pdf, picture), 0, 0);
      }
      pdf.save(out);
    }
    refused(out.toByteArray(), "has no text: its 1 pages hold pictures or nothing; run OCR");
  }

  @Test
  void an_encrypted_pdf_is_refused_and_one_that_everybody_may_open_is_read() throws IOException {
    WrittenPdf pdf = new WrittenPdf().page("Secret words stand here.");
    refused(pdf.bytes("secret", new AccessPermission()), "is encrypted with a password");
    AccessPermission noPrint = new AccessPermission();
    noPrint.setCanPrint(false);
    AccessPermission noText = new AccessPermission();
    noText.setCanExtractContent(false);
    refused(pdf.bytes("", noText), "forbids that its text is taken out");
    assertThat(read(pdf.bytes()).get(0).text()).isEqualTo("Secret words stand here.");
  }

  @Test
  @Tag("slow")
  void a_pdf_cut_anywhere_is_read_or_refused_in_one_sentence() throws IOException {
    byte[] whole = new WrittenPdf().page("Some words.").page("And more words.").bytes();
    int refused = 0;
    for (int length = 0; length < whole.length; length += 13) {
      Path file = write(Arrays.copyOf(whole, length));
      try {
        Documents.read(List.of(file), DocumentLimits.defaults());
      } catch (InputException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  @Tag("slow")
  void a_stream_that_would_fill_the_memory_is_refused() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed, best)) {
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 200; i++) {
        deflate.write(blanks);
      }
    }
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    pdf.write(
        ("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
                + "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                + "3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R>>\nendobj\n"
                + "4 0 obj\n<</Filter/FlateDecode/Length "
                + packed.size()
                + ">>\nstream\n")
            .getBytes(StandardCharsets.US_ASCII));
    pdf.write(packed.toByteArray());
    pdf.write(
        "\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n".getBytes(StandardCharsets.US_ASCII));
    refused(pdf.toByteArray(), "unpacks to more than 134217728 bytes");
  }

  /** Each form draws the next one ten times: ten to the fortieth in all. */
  @Test
  @Tag("slow")
  void forms_that_draw_each_other_without_end_are_refused() throws IOException {
    StringBuilder pdf =
        new StringBuilder("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    pdf.append("2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n")
        .append("3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]")
        .append("/Resources<</XObject<</F 5 0 R>>>>>>\nendobj\n");
    object(pdf, 4, "", "/F Do");
    for (int n = 5; n < 45; n++) {
      String dictionary =
          "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F "
              + (n + 1)
              + " 0 R>>>>";
      object(pdf, n, dictionary, "/F Do ".repeat(10));
    }
    object(pdf, 45, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "q Q");
    pdf.append("trailer\n<</Root 1 0 R>>\n");
    refused(
        pdf.toString().getBytes(StandardCharsets.US_ASCII),
        "draws without end: up to page 1 it takes");
  }

  @Test
  void too_many_pages_and_what_is_no_pdf_are_refused() throws IOException {
    byte[] two = new WrittenPdf().page("One.").page("Two.").bytes();
    Path file = write(two);
    assertThatThrownBy(() -> Documents.read(List.of(file), DocumentLimits.defaults().withPages(1)))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " has more than 1 pages; divide it");
    refused(
        "Hello".getBytes(StandardCharsets.US_ASCII), "is no PDF: it does not begin with '%PDF-'");
    refused(new byte[0], "is empty");
  }

  @Test
  void the_fonts_of_the_machine_are_not_looked_through() throws IOException {
    Path home = Path.of(System.getProperty("user.home"), ".pdfbox.cache");
    boolean before = Files.exists(home);
    read(new WrittenPdf().page("Words.").bytes());
    assertThat(Files.exists(home)).isEqualTo(before);
    assertThat(FontMappers.instance()).isInstanceOf(PdfFonts.class);
  }

  private static void object(StringBuilder pdf, int number, String dictionary, String stream) {
    pdf.append(
            "%d 0 obj\n<<%s/Length %d>>\nstream\n".formatted(number, dictionary, stream.length()))
        .append(stream)
        .append("\nendstream\nendobj\n");
  }

  private void refused(byte[] bytes, String part) throws IOException {
    Path file = write(bytes);
    assertThatThrownBy(() -> Documents.read(List.of(file), DocumentLimits.defaults()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(part);
  }

  private List<DocumentPassage> read(byte[] bytes) throws IOException {
    return Documents.read(List.of(write(bytes)), DocumentLimits.defaults()).passages();
  }

  private Path write(byte[] bytes) throws IOException {
    Path file = folder.resolve("a_file.pdf");
    Files.write(file, bytes);
    return file;
  }
}
